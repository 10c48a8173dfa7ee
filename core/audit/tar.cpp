#include "core/audit/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <filesystem>
#include <fstream>

#include "core/base/text.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t Piece = 65536;
constexpr int MaxEntries = 10000;

using Reader = std::unique_ptr<archive, int (*)(archive*)>;

tl::unexpected<Error> failure(const std::string& path, archive* a) {
    const char* why = archive_error_string(a);
    return fail(ErrorCode::Io, "The archive " + printable(path) +
                                   " cannot be used: " + printable(why ? why : "unknown error") + ".");
}

Reader reader() {
    Reader made(archive_read_new(), archive_read_free);
    archive_read_support_format_tar(made.get());
    return made;
}

bool isRegular(archive_entry* entry) {
    return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
}

std::string nameOf(archive_entry* entry) {
    const char* path = archive_entry_pathname(entry);
    return path ? path : "";
}

Result<void> packOne(archive* out, const std::string& tarFile, const fs::path& file,
                     const std::string& name) {
    std::error_code problem;
    const auto size = fs::file_size(file, problem);
    std::ifstream in(file, std::ios::binary);
    if (problem || !in)
        return fail(ErrorCode::Io, "Cannot read " + printable(file.string()) + " to pack it.");
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    if (archive_write_header(out, entry.get()) != ARCHIVE_OK)
        return failure(tarFile, out);
    std::string piece(Piece, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0)
        if (archive_write_data(out, piece.data(), static_cast<std::size_t>(in.gcount())) < 0)
            return failure(tarFile, out);
    return {};
}

} // namespace

Result<void> packTar(const std::string& folder, const std::vector<std::string>& names,
                     const std::string& tarFile, const std::string& top) {
    const Reader out(archive_write_new(), archive_write_free);
    archive_write_set_format_pax_restricted(out.get());
    if (archive_write_open_filename(out.get(), tarFile.c_str()) != ARCHIVE_OK)
        return failure(tarFile, out.get());
    for (const std::string& name : names)
        if (auto packed = packOne(out.get(), tarFile, fs::path(folder) / name, top + "/" + name); !packed)
            return packed;
    return archive_write_close(out.get()) == ARCHIVE_OK ? Result<void>{} : failure(tarFile, out.get());
}

TarEntry::TarEntry(std::string path)
    : m_path(std::move(path))
    , m_archive(reader()) {}

Result<TarEntry> TarEntry::open(const std::string& tarFile, const std::string& name) {
    TarEntry found(tarFile);
    archive* a = found.m_archive.get();
    if (archive_read_open_filename(a, tarFile.c_str(), Piece) != ARCHIVE_OK)
        return failure(tarFile, a);
    archive_entry* entry = nullptr;
    for (int i = 0; i < MaxEntries; ++i) {
        const int code = archive_read_next_header(a, &entry);
        if (code == ARCHIVE_EOF)
            return fail(ErrorCode::NotFound, printable(tarFile) + " has no file " + printable(name) + ".");
        if (code != ARCHIVE_OK)
            return failure(tarFile, a);
        const std::string path = nameOf(entry);
        if (isRegular(entry) && (path == name || path.ends_with("/" + name)))
            return found;
    }
    return fail(ErrorCode::TooLarge, printable(tarFile) + " has too many files to be an export.");
}

Result<bool> TarEntry::read(std::string& bytes) {
    bytes.resize(Piece);
    const la_ssize_t got = archive_read_data(m_archive.get(), bytes.data(), bytes.size());
    if (got < 0)
        return failure(m_path, m_archive.get());
    bytes.resize(static_cast<std::size_t>(got));
    return got > 0;
}

Result<std::vector<std::string>> tarNames(const std::string& tarFile) {
    const Reader in = reader();
    if (archive_read_open_filename(in.get(), tarFile.c_str(), Piece) != ARCHIVE_OK)
        return failure(tarFile, in.get());
    std::vector<std::string> names;
    archive_entry* entry = nullptr;
    int code = ARCHIVE_OK;
    while (names.size() < MaxEntries && (code = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK)
        if (isRegular(entry))
            names.push_back(nameOf(entry));
    return code == ARCHIVE_EOF ? Result<std::vector<std::string>>(names) : failure(tarFile, in.get());
}

} // namespace inodeck
