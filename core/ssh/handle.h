#pragma once

#include <libssh/libssh.h>
#include <memory>
#include <string>

#include "core/base/text.h"

namespace inodeck::ssh {

struct SessionDeleter {
    void operator()(ssh_session session) const { ssh_free(session); }
};
struct KeyDeleter {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
struct ChannelDeleter {
    void operator()(ssh_channel channel) const { ssh_channel_free(channel); }
};
using SessionHandle = std::unique_ptr<ssh_session_struct, SessionDeleter>;
using KeyHandle = std::unique_ptr<ssh_key_struct, KeyDeleter>;
using ChannelHandle = std::unique_ptr<ssh_channel_struct, ChannelDeleter>;
/// Read-only once made; threads may share it.
using SharedKey = std::shared_ptr<ssh_key_struct>;

/// Takes a string that libssh allocated.
inline std::string takeString(char* text) {
    std::string result(text ? text : "");
    ssh_string_free_char(text);
    return result;
}

inline std::string errorText(ssh_session session) {
    return printable(ssh_get_error(session));
}

} // namespace inodeck::ssh
