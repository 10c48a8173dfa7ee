# One INTERFACE target carries the language level, the warnings and the Qt defines for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Qt6 6.2 REQUIRED COMPONENTS Core)
find_package(PkgConfig REQUIRED)

add_library(inodeck_common INTERFACE)
target_include_directories(inodeck_common INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(
    inodeck_common INTERFACE INODECK_VERSION="${PROJECT_VERSION}" QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
                             QT_NO_FOREACH QT_NO_KEYWORDS)
target_compile_options(
    inodeck_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                             -Wold-style-cast -Wnull-dereference -Wdouble-promotion
                             # GCC 12 and 13, optimizing, report these of the standard library's own inlined code.
                             $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-null-dereference
                             -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict>)
if(INODECK_WERROR)
    target_compile_options(inodeck_common INTERFACE -Werror)
endif()
if(INODECK_SANITIZE)
    target_compile_options(inodeck_common INTERFACE -fsanitize=${INODECK_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(inodeck_common INTERFACE -fsanitize=${INODECK_SANITIZE})
endif()
if(INODECK_FUZZ)
    target_compile_options(inodeck_common INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(inodeck_common INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
endif()

# Precompiled headers, for builds that are made once (CI): a third off their time. Developers build without, so that a
# missing #include is found. `inodeck_precompiled(<target> <set>)` with the sets core, cli, test and ui.
set(precompiled_core <algorithm> <array> <chrono> <functional> <map> <memory> <mutex> <optional> <regex> <sstream> <string>
                     <string_view> <vector> <tl/expected.hpp>)
set(precompiled_cli ${precompiled_core} <CLI/CLI.hpp>)
set(precompiled_test ${precompiled_core} <gtest/gtest.h> <filesystem> <fstream> <QCoreApplication>)
set(precompiled_test_libs Qt6::Core GTest::gtest)
set(precompiled_ui ${precompiled_core} <QtCore/QtCore> <QtGui/QtGui> <QtWidgets/QtWidgets>)
set(precompiled_ui_libs Qt6::Widgets)
set(precompiled_options $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>) # ccache asks for it
function(inodeck_precompiled target set)
    if(NOT INODECK_PCH)
        return()
    endif()
    if(NOT TARGET inodeck_pch_${set})
        file(WRITE ${PROJECT_BINARY_DIR}/pch/${set}.cpp "")
        add_library(inodeck_pch_${set} OBJECT ${PROJECT_BINARY_DIR}/pch/${set}.cpp)
        target_compile_options(inodeck_pch_${set} PRIVATE ${precompiled_options})
        target_link_libraries(inodeck_pch_${set} PRIVATE inodeck_common ${precompiled_${set}_libs})
        target_precompile_headers(inodeck_pch_${set} PRIVATE ${precompiled_${set}})
    endif()
    target_compile_options(${target} PRIVATE ${precompiled_options})
    target_precompile_headers(${target} REUSE_FROM inodeck_pch_${set})
endfunction()

# inodeck_module(<name> SOURCES <files…> [LIBS <targets…>] [PRECOMPILED <set>]): a static library inodeck_<name> of one folder of
# core or ui.
function(inodeck_module name)
    cmake_parse_arguments(ARG "" "PRECOMPILED" "SOURCES;LIBS" ${ARGN})
    add_library(inodeck_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(inodeck_${name} PUBLIC inodeck_common ${ARG_LIBS})
    if(NOT ARG_PRECOMPILED)
        set(ARG_PRECOMPILED core)
    endif()
    inodeck_precompiled(inodeck_${name} ${ARG_PRECOMPILED})
endfunction()
