#include "core/drift/observation.h"

namespace inodeck {

std::string_view toString(FileType type) {
    switch (type) {
    case FileType::Regular:
        return "file";
    case FileType::Directory:
        return "directory";
    case FileType::Socket:
        return "socket";
    case FileType::Fifo:
        return "fifo";
    case FileType::CharDevice:
        return "char_device";
    case FileType::BlockDevice:
        return "block_device";
    case FileType::Other:
        break;
    }
    return "other";
}

} // namespace inodeck
