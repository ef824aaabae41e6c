// SPDX-License-Identifier: MIT
#include "config/web/tls_section.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "access/priorities.hpp"
#include "access/tls.hpp"
#include "config/files.hpp"

namespace checklist::config {
namespace {
using access::ClientAuth;
using access::TlsVersion;
using Place = YamlFile::Place;
using Part = access::TlsRefused::Part;

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr std::array client_auths{
    Word<ClientAuth>{"", ClientAuth::NoClientCert},
    Word<ClientAuth>{"NoClientCert", ClientAuth::NoClientCert},
    Word<ClientAuth>{"RequestClientCert", ClientAuth::RequestClientCert},
    Word<ClientAuth>{"RequireAnyClientCert", ClientAuth::RequireAnyClientCert},
    Word<ClientAuth>{"RequireClientCert", ClientAuth::RequireAnyClientCert},  // its former name
    Word<ClientAuth>{"VerifyClientCertIfGiven", ClientAuth::VerifyClientCertIfGiven},
    Word<ClientAuth>{"RequireAndVerifyClientCert", ClientAuth::RequireAndVerifyClientCert}};

constexpr std::array versions{
    Word<TlsVersion>{"TLS10", TlsVersion::TLS10}, Word<TlsVersion>{"TLS11", TlsVersion::TLS11},
    Word<TlsVersion>{"TLS12", TlsVersion::TLS12}, Word<TlsVersion>{"TLS13", TlsVersion::TLS13}};

// A PEM text that is given, or in a file that is named.
struct Pem {
  std::string text;
  std::optional<Place> place;  // none: not given

  [[nodiscard]] bool is_given() const { return place.has_value(); }
};

class Reader {
 public:
  Reader(YamlFile& file, std::string directory, WebConfig& out, std::vector<Problem>& problems)
      : file_(file), directory_(std::move(directory)), out_(out), problems_(problems) {}

  void read(const Place& section) {
    file_.read_map(
        section,
        {{"cert_file", [this](const Place& at) { read_pem(at, certificate_); }},
         {"key_file", [this](const Place& at) { read_pem(at, key_); }},
         {"client_ca_file", [this](const Place& at) { read_pem(at, client_ca_); }},
         {"cert", [this](const Place& at) { take_pem(at, certificate_text_); }},
         {"key", [this](const Place& at) { take_pem(at, key_text_); }},
         {"client_ca", [this](const Place& at) { take_pem(at, client_ca_text_); }},
         {"client_auth_type", [this](const Place& at) { read_client_auth(at); }},
         {"client_allowed_sans",
          [this](const Place& at) { settings_.client_allowed_sans = texts(at); }},
         {"min_version", [this](const Place& at) { read_version(at, settings_.min_version); }},
         {"max_version", [this](const Place& at) { read_version(at, settings_.max_version); }},
         {"cipher_suites", [this](const Place& at) { read_cipher_suites(at); }},
         {"curve_preferences", [this](const Place& at) { read_curves(at); }},
         {"prefer_server_cipher_suites", [this](const Place& at) {
            settings_.prefer_server_order = file_.boolean(at).value_or(true);
          }}});
    finish(section);
  }

 private:
  void take_pem(const Place& at, Pem& pem) {
    if (auto text = file_.text(at); text && !text->empty()) {
      pem.text = std::move(*text);
      pem.place.emplace(at);
    }
  }

  void read_pem(const Place& at, Pem& pem) {
    const auto name = file_.text(at);
    if (!name || name->empty()) {
      return;
    }
    const std::filesystem::path path = std::filesystem::path(directory_) / *name;
    std::vector<Problem> found;
    auto text = read_file(path, found);
    for (const Problem& problem : found) {
      file_.refuse(at, problem.file + " " + problem.message);
    }
    out_.files.push_back(path);
    pem.text = std::move(text).value_or("");
    pem.place.emplace(at);
  }

  std::vector<std::string> texts(const Place& at) {
    std::vector<std::string> out;
    for (const Place& each : file_.list(at).value_or(std::vector<Place>{})) {
      out.push_back(file_.text(each).value_or(""));
    }
    return out;
  }

  void read_client_auth(const Place& at) {
    const auto name = file_.text(at);
    const auto* known = std::find_if(client_auths.begin(), client_auths.end(),
                                     [&](const auto& word) { return name && word.name == *name; });
    if (known != client_auths.end()) {
      settings_.client_auth = known->value;
      client_auth_given_ = !name->empty();
    } else if (name) {
      file_.refuse(at,
                   "expected NoClientCert, RequestClientCert, RequireAnyClientCert, "
                   "VerifyClientCertIfGiven or RequireAndVerifyClientCert");
    }
  }

  void read_version(const Place& at, TlsVersion& version) {
    const auto name = file_.text(at);
    const auto* known = std::find_if(versions.begin(), versions.end(),
                                     [&](const auto& word) { return name && word.name == *name; });
    if (known != versions.end()) {
      version = known->value;
    } else if (name) {
      file_.refuse(at, "expected TLS10, TLS11, TLS12 or TLS13");
    }
    versions_.emplace(at);
  }

  void read_cipher_suites(const Place& at) {
    for (const Place& each : file_.list(at).value_or(std::vector<Place>{})) {
      const auto name = file_.text(each);
      if (name && name->starts_with("TLS_RSA_")) {
        file_.refuse(each,
                     "is not supported, because it has no forward secrecy: use one of TLS_ECDHE");
      } else if (name && !access::is_cipher_suite(*name)) {
        file_.refuse(each, "expected a cipher suite such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
      }
      settings_.cipher_suites.push_back(name.value_or(""));
    }
    versions_.emplace(at);
  }

  void read_curves(const Place& at) {
    for (const Place& each : file_.list(at).value_or(std::vector<Place>{})) {
      const auto name = file_.text(each);
      if (name && !access::is_curve(*name)) {
        file_.refuse(each, "expected CurveP256, CurveP384, CurveP521 or X25519");
      }
      settings_.curves.push_back(name.value_or(""));
    }
  }

  // What is in a file comes before what is given as text.
  static const Pem& first_of(const Pem& in_file, const Pem& text) {
    return in_file.is_given() ? in_file : text;
  }

  void finish(const Place& section) {
    const Pem& certificate = first_of(certificate_, certificate_text_);
    const Pem& key = first_of(key_, key_text_);
    const Pem& client_ca = first_of(client_ca_, client_ca_text_);
    if (!certificate.is_given() && !key.is_given() && !client_ca.is_given() &&
        !client_auth_given_) {
      return;  // TLS is off
    }
    if (!certificate.is_given()) {
      file_.refuse(section, "expected cert_file or cert, the server's certificate");
    }
    if (!key.is_given()) {
      file_.refuse(section, "expected key_file or key, the key of the certificate");
    }
    if (client_ca.is_given() && settings_.client_auth == ClientAuth::NoClientCert) {
      file_.refuse(*client_ca.place,
                   "expected client_auth_type with it, such as RequireAndVerifyClientCert");
    }
    if (!problems_.empty()) {
      return;
    }
    settings_.certificate = certificate.text;
    settings_.key = key.text;
    settings_.client_ca = client_ca.text;
    try {
      const access::Tls usable(settings_);
      out_.tls = std::move(settings_);
    } catch (const access::TlsRefused& error) {
      const Place& at = error.part == Part::certificate ? *certificate.place
                        : error.part == Part::key       ? *key.place
                        : error.part == Part::client_ca ? *client_ca.place
                                                        : versions_.value_or(section);
      file_.refuse(at, error.what());
    }
  }

  YamlFile& file_;
  std::string directory_;
  WebConfig& out_;
  std::vector<Problem>& problems_;
  access::TlsSettings settings_;
  bool client_auth_given_ = false;
  Pem certificate_;
  Pem key_;
  Pem client_ca_;
  Pem certificate_text_;
  Pem key_text_;
  Pem client_ca_text_;
  std::optional<Place> versions_;  // of the last key about them
};
}  // namespace

void read_tls_section(YamlFile& file, const Place& section, const std::string& directory,
                      WebConfig& out, std::vector<Problem>& problems) {
  Reader(file, directory, out, problems).read(section);
}
}  // namespace checklist::config
