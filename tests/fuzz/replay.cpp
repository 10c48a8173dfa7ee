#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/fuzz.h"

// REPLAY FOLDER…: the target with every file of the corpus, each also cut short and with a byte changed here
// and there.

namespace {

namespace fs = std::filesystem;

void call(const std::string& bytes) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void replay(std::string bytes) {
    call(bytes);
    const std::size_t step = 1 + bytes.size() / 200;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        call(bytes.substr(0, at));
        const char old = bytes[at];
        for (const char changed : {'\0', '\n', '\xff', static_cast<char>(old ^ 1)}) {
            bytes[at] = changed;
            call(bytes);
        }
        bytes[at] = old;
    }
}

} // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : fs::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            replay({std::istreambuf_iterator<char>(file), {}});
            ++files;
        }
    std::printf("%d files of the corpus\n", files);
    return files > 0 ? 0 : 1;
}
