#pragma once

#include <chrono>
#include <limits>

#include "core/fleet/fleet_keys.h"
#include "core/fleet/yaml_tree.h"

namespace inodeck {

/// Whether what stands in the file may be repeated in a message.
enum class Secrecy { Open, Secret };

/// What a message repeats of a word that is no secret.
std::string shown(std::string_view word);

/// Reads one map of a fleet file. Each function leaves its target alone when the key is not there, and
/// reports what is wrong with place and sentence. Texts are without control characters, `$$` is '$' in them.
class MapReader {
public:
    /// Reports keys that are not in `known`. `what`: "a host".
    MapReader(const YamlNode& map, std::string what, const keys::Keys& known, Problems& problems,
              Secrecy secrecy = Secrecy::Open);

    void text(std::string_view key, std::string& to) const;
    /// A value that must be there.
    void needed(std::string_view key, std::string& to) const;
    void flag(std::string_view key, bool& to) const;
    void number(std::string_view key, int least, int most, int& to) const;
    /// 90, 90s, 5m, 1h
    void seconds(std::string_view key, int least, int most, std::chrono::seconds& to) const;
    /// 512KiB, 4MiB; at most 1GiB
    void bytes(std::string_view key, std::uint64_t& to) const;
    void texts(std::string_view key, std::vector<std::string>& to) const;
    /// A command: a list of words, numbers included.
    void argv(std::string_view key, std::vector<std::string>& to) const;

    template <typename T> void choice(std::string_view key, const keys::Choices<T>& choices, T& to) const {
        std::string word;
        text(key, word);
        if (word.empty())
            return;
        keys::Keys words;
        for (const auto& [name, value] : choices) {
            if (name == word)
                return void(to = value);
            words.push_back(name);
        }
        wrong(key, "cannot be '" + shown(word) + "'" + didYouMean(word, words, "its values"));
    }

    /// nullptr: not there, or it has no value, which is reported.
    const YamlNode* value(std::string_view key) const;
    bool has(std::string_view key) const { return raw(key) != nullptr; }
    /// "'KEY' SENTENCE" at its value, or at the map where there is none.
    void wrong(std::string_view key, const std::string& sentence) const;
    /// "'KEY' wants WHAT, not what is there" at its value.
    void wants(std::string_view key, const YamlNode& node, const std::string& what) const;
    /// The text of a scalar that is no number and no truth value; reports what is wrong with it.
    bool plainText(std::string_view key, const YamlNode& node, std::string& to) const;

    const YamlNode& map() const { return m_map; }
    Problems& problems() const { return m_problems; }

private:
    const YamlNode* raw(std::string_view key) const;
    void checkKeys(const keys::Keys& known) const;
    bool literal(std::string_view key, const YamlNode& node, std::string& to) const;

    const YamlNode& m_map;
    std::string m_what;
    Problems& m_problems;
    Secrecy m_secrecy;
};

/// Whether YAML takes this plain scalar for a number, true, false or null.
bool isNoText(const std::string& plain);

} // namespace inodeck
