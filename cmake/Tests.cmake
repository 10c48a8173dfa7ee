# Builds the tests of label `unit`, which run anywhere.
add_custom_target(unit_tests)

# add_inodeck_test(<name> SOURCES <files…> [LIBS <targets…>] [LABELS <labels…>] [TIMEOUT <seconds>] [QT])
# GoogleTest by default; QT for a Qt Test program with a main of its own. One line of CMake per test.
function(add_inodeck_test name)
    cmake_parse_arguments(ARG "QT" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE inodeck_common ${ARG_LIBS})
    if(ARG_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
        target_link_libraries(${name} PRIVATE Qt6::Test)
    else()
        target_link_libraries(${name} PRIVATE inodeck_test_main)
    endif()
    if(NOT "inodeck_ui" IN_LIST ARG_LIBS)
        inodeck_precompiled(${name} test)
    elseif(ARG_QT)
        inodeck_precompiled(${name} ui)
    endif()
    target_compile_definitions(${name} PRIVATE INODECK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                               INODECK_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}" SKIP_RETURN_CODE 77)
    if("unit" IN_LIST ARG_LABELS)
        add_dependencies(unit_tests ${name})
    endif()
endfunction()

# The lab (scripts/lab) of this build folder; /var/tmp because of the length of unix socket paths, and because other
# accounts than root's must reach it. The lab's tests take turns: each sees the containers of all.
string(SHA256 lab_hash "${PROJECT_BINARY_DIR}")
string(SUBSTRING "${lab_hash}" 0 8 lab_hash)
set(INODECK_LAB_DIR "/var/tmp/inodeck-lab-${lab_hash}" CACHE STRING "Where the tests bring up their lab: a short absolute path")

# add_inodeck_lab_test(<name> SOURCES <files…> [LIBS <targets…>] [TIMEOUT <seconds>]): GoogleTest against a running lab,
# which INODECK_LAB and INODECK_LAB_DOCKER_HOST name; INODECK is the real program. Skipped with the reason where no lab can run.
function(add_inodeck_lab_test name)
    add_inodeck_test(${name} ${ARGN} LABELS lab)
    target_link_libraries(${name} PRIVATE inodeck_lab_support)
    add_dependencies(${name} inodeck)
    inodeck_needs_lab(${name})
endfunction()

function(inodeck_needs_lab test)
    set_tests_properties(
        ${test} PROPERTIES
        FIXTURES_REQUIRED lab RESOURCE_LOCK lab LABELS lab SKIP_RETURN_CODE 77
        ENVIRONMENT "INODECK_LAB=${INODECK_LAB_DIR};INODECK_LAB_DOCKER_HOST=unix://${INODECK_LAB_DIR}/vm1/docker.sock;INODECK=$<TARGET_FILE:inodeck>")
endfunction()
