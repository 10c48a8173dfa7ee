#include "core/ssh/auth.h"

#include <algorithm>
#include <openssl/crypto.h>
#include <optional>
#include <set>

#include "core/ssh/auth_plan.h"

namespace inodeck::ssh {
namespace {

constexpr int MaxRounds = 16;
constexpr std::size_t MaxPrompt = 300;

const char* const LoggingIn = "logging in to";

enum class Outcome { Success, Partial, Denied };

/// One login. Functions answer Outcome; an error ends the login.
class Login {
public:
    Login(Link& link, const ClientConfig& config, KeyStore& keys, Prompts& prompts, Bounds& bounds)
        : m_link(link)
        , m_config(config)
        , m_keys(keys)
        , m_prompts(prompts)
        , m_bounds(bounds) {}

    Result<void> run() {
        auto outcome = call([&] { return ssh_userauth_none(raw(), nullptr); });
        for (int round = 0; outcome && round < MaxRounds; ++round) {
            if (*outcome == Outcome::Success)
                return {};
            if (*outcome == Outcome::Partial)
                m_exhausted.clear();
            const auto method = nextMethod();
            if (method.empty())
                return refused();
            outcome = attempt(method);
            if (outcome && *outcome == Outcome::Denied)
                m_exhausted.insert(method);
        }
        if (outcome)
            return refused();
        if (outcome.error().message.find("Too many authentication failures") != std::string::npos)
            return fail(ErrorCode::AuthFailed, m_link.who() + " broke off the login as " +
                                                   printable(m_config.user) + " after too many tries (" +
                                                   tried() + "); set IdentityFile and IdentitiesOnly.");
        return tl::unexpected(outcome.error());
    }

private:
    ssh_session raw() const { return m_link.raw(); }
    bool mayAsk() const { return m_prompts.available() && !m_config.batchMode; }

    template <typename Call> Result<int> answer(Call libsshCall) {
        auto code = m_link.drive(libsshCall, SSH_AUTH_AGAIN, m_bounds, LoggingIn);
        if (code && *code == SSH_AUTH_ERROR && !m_link.connected())
            return tl::unexpected(m_link.lost(LoggingIn));
        return code;
    }

    template <typename Call> Result<Outcome> call(Call libsshCall) {
        return answer(libsshCall).map([](int code) {
            return code == SSH_AUTH_SUCCESS   ? Outcome::Success
                   : code == SSH_AUTH_PARTIAL ? Outcome::Partial
                                              : Outcome::Denied;
        });
    }

    bool serverTakes(const std::string& method) const {
        const int methods = ssh_userauth_list(raw(), nullptr);
        const int bit = method == "publickey"  ? SSH_AUTH_METHOD_PUBLICKEY
                        : method == "password" ? SSH_AUTH_METHOD_PASSWORD
                                               : SSH_AUTH_METHOD_INTERACTIVE;
        return (methods & bit) != 0;
    }

    std::string nextMethod() const {
        for (const auto& method : planMethods(m_config)) {
            if (serverTakes(method) && !m_exhausted.contains(method))
                return method;
        }
        return {};
    }

    Result<Outcome> attempt(const std::string& method) {
        if (method == "publickey")
            return publicKeys();
        if (!mayAsk()) {
            m_tried.push_back(method + " (nobody to ask)");
            return Outcome::Denied;
        }
        m_tried.push_back(method);
        return method == "password" ? password() : keyboardInteractive();
    }

    Result<Outcome> publicKeys() {
        std::vector<AgentKey> agentKeys;
        if (!m_config.identityAgent.empty()) {
            // An agent that is missing or hangs is one source of keys less, not the end of the login.
            const auto bounds = m_bounds.within(std::chrono::seconds(5));
            auto agent = Agent::connect(m_config.identityAgent);
            if (agent)
                agentKeys = agent->keys(bounds).value_or(std::vector<AgentKey>());
            if (!agentKeys.empty())
                startProxy(*std::move(agent));
        }
        const auto plan = planCandidates(m_config, agentKeys);
        for (const auto& candidate : plan) {
            if (m_used.contains(candidate.name))
                continue;
            auto outcome = candidate.agentBlob.empty() ? withFile(candidate) : withAgent(candidate);
            if (!outcome || *outcome == Outcome::Success)
                return outcome;
            if (*outcome == Outcome::Partial) {
                m_used.insert(candidate.name);
                return outcome;
            }
        }
        if (plan.empty())
            m_tried.emplace_back("publickey (no key found)");
        return Outcome::Denied;
    }

    void startProxy(Agent agent) {
        if (m_proxy)
            return;
        m_proxy.emplace(std::move(agent),
                        Bounds(m_bounds.overall(), std::chrono::minutes(2), m_bounds.cancel()));
        ssh_set_agent_socket(raw(), m_proxy->releaseClientEnd());
    }

    Result<Outcome> withAgent(const Candidate& candidate) {
        m_tried.push_back("publickey " + candidate.name);
        m_proxy->use(blobOf(candidate.offer.get()), candidate.agentBlob);
        return call([&] {
            const int code = ssh_userauth_agent(raw(), nullptr);
            m_bounds.restart(); // an agent may ask its user
            return code;
        });
    }

    Result<Outcome> withFile(const Candidate& candidate) {
        m_tried.push_back("publickey " + printable(candidate.name));
        if (candidate.offer) {
            auto code =
                answer([&] { return ssh_userauth_try_publickey(raw(), nullptr, candidate.offer.get()); });
            if (!code)
                return tl::unexpected(code.error());
            if (*code != SSH_AUTH_SUCCESS)
                return Outcome::Denied;
        }
        auto key = m_keys.load(candidate.file, m_link.who(), m_prompts, m_bounds, mayAsk());
        if (!key)
            return tl::unexpected(key.error());
        if (!*key) {
            m_tried.back() += " (cannot be read or decrypted)";
            return Outcome::Denied;
        }
        if (candidate.offer && ssh_key_is_public(candidate.offer.get()) != 0 && isCertificate(candidate)) {
            SharedKey own(ssh_key_dup(key->get()), KeyDeleter());
            if (!own || ssh_pki_copy_cert_to_privkey(candidate.offer.get(), own.get()) != SSH_OK)
                return Outcome::Denied;
            *key = std::move(own);
        }
        return call([&] { return ssh_userauth_publickey(raw(), nullptr, key->get()); });
    }

    static bool isCertificate(const Candidate& candidate) {
        const std::string_view type = ssh_key_type_to_char(ssh_key_type(candidate.offer.get()));
        return type.find("-cert-v") != std::string_view::npos;
    }

    /// nullopt: declined.
    Result<std::optional<std::string>> ask(SecretQuestion question) {
        auto turn = m_prompts.turn(m_bounds);
        if (!turn)
            return tl::unexpected(turn.error());
        return (*turn)->secret(question);
    }

    Result<Outcome> password() {
        const std::string subject = printable(m_config.user + "@" + m_config.hostName);
        for (int attempt = 1; attempt <= m_config.passwordPrompts; ++attempt) {
            auto secret = ask({SecretQuestion::Kind::Password, m_link.who(), subject, false, attempt});
            if (!secret)
                return tl::unexpected(secret.error());
            if (!*secret)
                break;
            auto outcome = call([&] { return ssh_userauth_password(raw(), nullptr, (*secret)->c_str()); });
            OPENSSL_cleanse((*secret)->data(), (*secret)->size());
            if (!outcome || *outcome != Outcome::Denied)
                return outcome;
        }
        return Outcome::Denied;
    }

    Result<Outcome> keyboardInteractive() {
        int rounds = 0;
        for (int attempt = 1; attempt <= m_config.passwordPrompts; ++attempt) {
            auto code = answer([&] { return ssh_userauth_kbdint(raw(), nullptr, nullptr); });
            bool asked = false;
            while (code && *code == SSH_AUTH_INFO && ++rounds <= MaxRounds) {
                auto answered = answerPrompts(attempt);
                if (!answered)
                    return tl::unexpected(answered.error());
                if (!*answered)
                    return Outcome::Denied;
                asked = true;
                code = answer([&] { return ssh_userauth_kbdint(raw(), nullptr, nullptr); });
            }
            if (!code)
                return tl::unexpected(code.error());
            if (*code == SSH_AUTH_SUCCESS || *code == SSH_AUTH_PARTIAL)
                return *code == SSH_AUTH_SUCCESS ? Outcome::Success : Outcome::Partial;
            if (!asked || *code == SSH_AUTH_INFO)
                break;
        }
        return Outcome::Denied;
    }

    /// False: the operator declined.
    Result<bool> answerPrompts(int attempt) {
        const int count = ssh_userauth_kbdint_getnprompts(raw());
        for (int i = 0; i < count; ++i) {
            char echo = 0;
            const char* words = ssh_userauth_kbdint_getprompt(raw(), static_cast<unsigned int>(i), &echo);
            const std::string prompt = std::string(words ? words : "").substr(0, MaxPrompt);
            auto secret =
                ask({SecretQuestion::Kind::Challenge, m_link.who(), printable(prompt), echo != 0, attempt});
            if (!secret)
                return tl::unexpected(secret.error());
            if (!*secret)
                return false;
            ssh_userauth_kbdint_setanswer(raw(), static_cast<unsigned int>(i), (*secret)->c_str());
            OPENSSL_cleanse((*secret)->data(), (*secret)->size());
        }
        return true;
    }

    std::string tried() const {
        std::string list;
        for (const auto& what : m_tried)
            list += (list.empty() ? "" : ", ") + what;
        return list.empty() ? "nothing fits" : list;
    }

    Result<void> refused() const {
        std::string offers;
        const int methods = ssh_userauth_list(raw(), nullptr);
        for (const auto& [bit, name] : {std::pair(SSH_AUTH_METHOD_PUBLICKEY, "publickey"),
                                        std::pair(SSH_AUTH_METHOD_PASSWORD, "password"),
                                        std::pair(SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive"),
                                        std::pair(SSH_AUTH_METHOD_HOSTBASED, "hostbased"),
                                        std::pair(SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic")}) {
            if ((methods & bit) != 0)
                offers += (offers.empty() ? "" : ", ") + std::string(name);
        }
        return fail(ErrorCode::AuthFailed, m_link.who() + " refused the login as " +
                                               printable(m_config.user) + ": tried " + tried() +
                                               "; it accepts " + (offers.empty() ? "nothing" : offers) +
                                               "; check the user name and that its key is authorized there.");
    }

    Link& m_link;
    const ClientConfig& m_config;
    KeyStore& m_keys;
    Prompts& m_prompts;
    Bounds& m_bounds;
    std::optional<AgentProxy> m_proxy;
    std::set<std::string> m_exhausted;
    std::set<std::string> m_used; ///< keys that were good for a partial success
    std::vector<std::string> m_tried;
};

} // namespace

Result<void> authenticate(Link& link, const ClientConfig& config, KeyStore& keys, Prompts& prompts,
                          Bounds& bounds) {
    return Login(link, config, keys, prompts, bounds).run();
}

} // namespace inodeck::ssh
