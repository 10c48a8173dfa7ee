#pragma once

#include <string>
#include <string_view>

#include "core/base/mask_scan.h"

namespace inodeck::masking {

/// Goes through the lines of one configuration, in order, for maskedLines().
class Masker {
public:
    explicit Masker(bool isSecretManifest)
        : m_manifest(isSecretManifest) {}
    std::string next(std::string_view line);

private:
    bool goesOn(std::string_view line, std::string& out);
    bool inBlock(std::string_view line);
    void section(std::string_view line);
    bool isSecret(std::string_view name) const;
    std::string scanned(std::string_view line);
    std::size_t separator(std::string_view line, std::size_t from, std::string_view& name) const;
    std::size_t takeValue(std::string_view line, std::size_t at, bool inUrl, std::string& out);
    bool directive(std::string_view line, std::string& out);
    std::string rest(std::string_view line, std::size_t at, std::string out);
    void noteName(std::string_view name, std::string_view line, std::size_t at);

    bool m_manifest;
    bool m_pem = false;
    bool m_section = false;
    bool m_continued = false;
    std::string m_until; ///< the end of a text over several lines: a heredoc's word, three quotes, a quote
    std::size_t m_indent = None; ///< lines below this column belong to a secret
    int m_depth = 0;             ///< open brackets of a secret
    int m_pair = 0;              ///< for so many lines a "value" belongs to a secret "name"
};

} // namespace inodeck::masking
