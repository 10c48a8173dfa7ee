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
                             -Wold-style-cast -Wnull-dereference -Wdouble-promotion)
if(INODECK_WERROR)
    target_compile_options(inodeck_common INTERFACE -Werror)
endif()
if(INODECK_SANITIZE)
    target_compile_options(inodeck_common INTERFACE -fsanitize=${INODECK_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(inodeck_common INTERFACE -fsanitize=${INODECK_SANITIZE})
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(inodeck_common INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
endif()

# inodeck_module(<name> SOURCES <files…> [LIBS <targets…>]): a static library inodeck_<name> of one folder of core or ui.
function(inodeck_module name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
    add_library(inodeck_${name} STATIC ${ARG_SOURCES})
    target_link_libraries(inodeck_${name} PUBLIC inodeck_common ${ARG_LIBS})
endfunction()
