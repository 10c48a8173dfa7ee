#include "core/audit/canonical_json.h"

#include <array>
#include <cstdio>

#include "core/audit/base64.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::int64_t Exact = std::int64_t{1} << 53;
constexpr std::string_view ByteOrderMark = "\xef\xbb\xbf"; // readers drop it at the beginning of a text

void writeString(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                std::array<char, 8> escape{};
                std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
                out += escape.data();
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

} // namespace

CanonicalJson::CanonicalJson(std::string_view bytes) {
    if (isUtf8(bytes) && !bytes.starts_with(ByteOrderMark))
        m_value = std::string(bytes);
    else
        m_value = Object{{"b64", base64(bytes)}};
}

CanonicalJson::CanonicalJson(std::uint64_t number) {
    if (number < static_cast<std::uint64_t>(Exact))
        m_value = static_cast<std::int64_t>(number);
    else
        m_value = std::to_string(number);
}

CanonicalJson::CanonicalJson(std::int64_t number) {
    if (number < Exact && number > -Exact)
        m_value = number;
    else
        m_value = std::to_string(number);
}

std::string CanonicalJson::dump() const {
    std::string out;
    write(out);
    return out;
}

void CanonicalJson::write(std::string& out) const {
    if (std::holds_alternative<std::nullptr_t>(m_value)) {
        out += "null";
    } else if (const auto* flag = std::get_if<bool>(&m_value)) {
        out += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<std::int64_t>(&m_value)) {
        out += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&m_value)) {
        writeString(out, *text);
    } else if (const auto* array = std::get_if<Array>(&m_value)) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i)
                out += ',';
            (*array)[i].write(out);
        }
        out += ']';
    } else if (const auto* object = std::get_if<Object>(&m_value)) {
        out += '{';
        bool first = true;
        for (const auto& [key, value] : *object) {
            if (!first)
                out += ',';
            first = false;
            writeString(out, key);
            out += ':';
            value.write(out);
        }
        out += '}';
    }
}

} // namespace inodeck
