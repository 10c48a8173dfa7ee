#pragma once

#include <gtest/gtest.h>

#include "tests/support/lab.h"

namespace inodeck::lab {

/// Containers of its own per test, beside the lab's; looked at by --only.
class Reconcile : public ::testing::Test {
protected:
    void add(const std::string& service, const Argv& options = {}) {
        rig.file(service + ".conf", "old\n");
        Argv all{"-v", rig.path(service + ".conf").string() + ":/conf"};
        all.insert(all.end(), options.begin(), options.end());
        rig.container(nameOf(service), all, "busybox:local", {"sh", "-c", Serve});
        names.push_back(nameOf(service));
    }
    std::string nameOf(const std::string& service) const {
        return std::string("rc-") + ::testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
               service;
    }
    Argv words(Argv more = {}, const std::string& host = "vm1") const {
        std::string only;
        for (const std::string& name : names)
            only += (only.empty() ? "" : ",") + name;
        Argv all{"reconcile", "--ssh-config", sshConfig(), host, "--only", only};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    Finished reconcile(const Argv& more = {}, const std::string& host = "vm1") const {
        return rig.inodeck(words(more, host), 120s);
    }
    std::string serves(const std::string& service) const {
        return docker({"exec", nameOf(service), "cat", "/tmp/loaded"});
    }
    std::string startedAt(const std::string& service) const { return rig.startedAt(nameOf(service)); }
    std::string fleetFile(const std::string& text) const { return rig.file("inodeck.yaml", text); }
    std::string records() const { return rig.inodeck({"audit", "list"}).out; }

    /// Reads its config at its start, and only then.
    static constexpr const char* Serve =
        "trap 'exit 0' TERM; cp /conf /tmp/loaded; while :; do sleep 1 & wait $!; done";
    Rig rig;
    std::vector<std::string> names;
};

} // namespace inodeck::lab
