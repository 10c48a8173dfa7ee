# Sourced by demo, test and bench: configure and build, with what is there to make it fast.

# Precompiled headers are cached too, and other checkouts' objects serve.
export CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=yes CCACHE_BASEDIR=$root

# configure PRESET OPTIONS…
configure() {
    local preset=$1
    shift
    ! have ccache || set -- -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@"
    say "configuring ($preset)"
    (cd "$root" && cmake --preset "$preset" --log-level=WARNING "$@" >/dev/null) ||
        die "cmake --preset $preset failed; the lines above name the package that is missing (scripts/setup installs all)"
}

# build PRESET TARGETS…
build() {
    local preset=$1
    shift
    say "building ($preset)"
    (cd "$root" && cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"}) || die "the build ($preset) failed"
}
