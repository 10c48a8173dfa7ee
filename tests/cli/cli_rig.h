#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <map>

#include "tests/support/scripted_transport.h"

namespace inodeck::test {

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Ran {
    int status = -1; ///< -1: ended by a signal
    std::string out;
    std::string err;
};

/// The path of the program under test.
std::string program();

/// Runs it in the folder with these variables and no others besides PATH and HOME, nothing on stdin, at most
/// a minute.
class CliTest : public ::testing::Test {
protected:
    CliTest();
    ~CliTest() override;

    Ran inodeck(const std::vector<std::string>& arguments) const;
    /// Run by this line of shell, which knows it, with its arguments, as "$@".
    Ran byShell(const std::string& line, const std::vector<std::string>& arguments) const;
    /// Its stdout and stderr are a terminal of this many columns; both are in `out`.
    Ran onTerminal(const std::vector<std::string>& arguments, unsigned short columns = 100) const;

    /// A host of the recorded fleet, and the options that look at it.
    void record(const std::string& host, const std::string& probeAnswer) const;
    void record(const std::string& host, const std::vector<ContainerText>& containers) const {
        record(host, probeText(containers));
    }
    std::vector<std::string> replay(std::vector<std::string> arguments) const;

    std::filesystem::path folder;
    std::map<std::string, std::string> environment;

private:
    std::vector<std::string> argv(const std::vector<std::string>& arguments) const;
};

std::vector<std::string> linesOf(const std::string& text);

} // namespace inodeck::test
