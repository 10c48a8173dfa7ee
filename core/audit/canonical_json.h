#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace inodeck {

/// A JSON value that is written as RFC 8785 wants it: keys sorted, no blanks, one spelling for each string
/// and number. Keys are ASCII; integers stay below 2^53 (larger ones become decimal strings); there are no
/// floats.
class CanonicalJson {
public:
    using Object = std::map<std::string, CanonicalJson>;
    using Array = std::vector<CanonicalJson>;

    CanonicalJson()
        : m_value(nullptr) {}
    CanonicalJson(Object object)
        : m_value(std::move(object)) {}
    CanonicalJson(Array array)
        : m_value(std::move(array)) {}
    CanonicalJson(bool flag)
        : m_value(flag) {}
    CanonicalJson(const char* text)
        : CanonicalJson(std::string_view(text)) {}
    CanonicalJson(const std::string& text)
        : CanonicalJson(std::string_view(text)) {}
    /// Bytes that are not UTF-8, or begin with its byte order mark, become {"b64": …}.
    CanonicalJson(std::string_view bytes);
    CanonicalJson(std::uint64_t number);
    CanonicalJson(std::int64_t number);
    CanonicalJson(int number)
        : CanonicalJson(std::int64_t{number}) {}

    std::string dump() const;

private:
    void write(std::string& out) const;
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> m_value;
};

} // namespace inodeck
