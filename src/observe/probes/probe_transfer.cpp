// SPDX-License-Identifier: MIT
#include "observe/probes/probe_transfer.hpp"

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

#include <fcntl.h>

#include "event/fd.hpp"
#include "observe/shortage.hpp"
#include "parse/certificate.hpp"
#include "semantics/text/pattern.hpp"

namespace checklist::observe {
namespace {
constexpr long buffer_size = 4096;      // read at once; also bounds the work per loop iteration
constexpr long system_ca_seconds = 60;  // reading the system's certificates takes milliseconds
constexpr auto abort_transfer = CURL_WRITEFUNC_ERROR;

Probe probe(ProbeOutcome outcome) {
  return {.outcome = outcome, .status = 0, .note = {}};
}

Unseen unseen(std::string reason, std::string why, std::string remedy = {}) {
  return {std::move(reason), std::move(why), std::move(remedy)};
}
}  // namespace

ProbeTransfer::ProbeTransfer(const ProbeRequest& request, const std::vector<std::string>& headers)
    : request_(request), error_(CURL_ERROR_SIZE, '\0'), handle_(curl_easy_init()) {
  if (!handle_) {
    throw std::bad_alloc();
  }
  set(CURLOPT_ERRORBUFFER, error_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for the thread of a slow resolver
  set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_BUFFERSIZE, buffer_size);
  if (request.unix_socket.starts_with('@')) {
    set(CURLOPT_ABSTRACT_UNIX_SOCKET, request.unix_socket.c_str() + 1);
  } else if (!request.unix_socket.empty()) {
    set(CURLOPT_UNIX_SOCKET_PATH, request.unix_socket.c_str());
  }
  if (request.url.empty()) {
    connect_only();
  } else {
    request_over_http(headers);
  }
}

template <class T>
void ProbeTransfer::set(CURLoption option, T value) {
  if (curl_easy_setopt(handle_.get(), option, value) == CURLE_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
}

void ProbeTransfer::connect_only() {
  const std::string url = "http://" + (request_.tcp.empty() ? "localhost" : request_.tcp);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_CONNECT_ONLY, 1L);  // closed when the transfer is removed
}

void ProbeTransfer::request_over_http(const std::vector<std::string>& headers) {
  for (const std::string& line : headers) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) {
      throw std::bad_alloc();
    }
    (void)headers_.release();  // now owned by the longer list
    headers_.reset(longer);
  }
  set(CURLOPT_FORBID_REUSE, 1L);
  set(CURLOPT_CERTINFO, 1L);
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_HTTPHEADER, headers_.get());
  set(CURLOPT_USERAGENT, "checklistd");
  set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  set(CURLOPT_HEADERFUNCTION, &ProbeTransfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &ProbeTransfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  if (!request_.verify) {
    set(CURLOPT_SSL_VERIFYPEER, 0L);
    set(CURLOPT_SSL_VERIFYHOST, 0L);
  }
  // libcurl keeps certificates to trust for a day, but the file may be renewed with the server's.
  set(CURLOPT_CA_CACHE_TIMEOUT, request_.ca.empty() ? system_ca_seconds : 0L);
  if (!request_.ca.empty()) {
    set(CURLOPT_CAINFO, request_.ca.c_str());
    set(CURLOPT_CAPATH, nullptr);
  }
}

std::size_t ProbeTransfer::on_header(const char* /*bytes*/, std::size_t one, std::size_t count,
                                     void* self) noexcept {
  auto& seen = static_cast<ProbeTransfer*>(self)->header_bytes_;
  seen += one * count;
  return seen <= Response::limit ? one * count : abort_transfer;
}

std::size_t ProbeTransfer::on_body(const char* bytes, std::size_t one, std::size_t count,
                                   void* self) noexcept {
  const bool has_room = static_cast<ProbeTransfer*>(self)->body_.append({bytes, one * count});
  return has_room ? one * count : abort_transfer;
}

int ProbeTransfer::socket() const {
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
  return socket;
}

Observed<Probe> ProbeTransfer::outcome(CURLcode result) const {
  const bool is_cut = result == CURLE_WRITE_ERROR && body_.full();
  if (result != CURLE_OK && !is_cut) {
    return of_broken(result);
  }
  return request_.url.empty() ? Observed<Probe>(probe(ProbeOutcome::passed)) : of_http();
}

// Returns when the server's own certificate expires, the first of its chain. Each line of the list
// is "NAME:value"; the certificate itself is in PEM, whichever library libcurl uses.
std::optional<WallTime> ProbeTransfer::certificate_expiry() const {
  constexpr std::string_view name = "Cert:";
  const curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(handle_.get(), CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr ||
      chain->num_of_certs < 1) {
    return std::nullopt;
  }
  for (const curl_slist* line = chain->certinfo[0]; line != nullptr; line = line->next) {
    const std::string_view text = line->data;
    if (text.starts_with(name)) {
      return parse::certificate_expiry(text.substr(name.size()));
    }
  }
  return std::nullopt;
}

Observed<Probe> ProbeTransfer::of_http() const {
  long code = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
  Probe out{.outcome = ProbeOutcome::status,
            .status = static_cast<std::uint16_t>(std::clamp(code, 0L, 999L)),
            .note = {}};
  if (std::ranges::find(request_.status, out.status) == request_.status.end()) {
    return out;
  }
  const bool is_expected =
      request_.body.empty() || semantics::Matcher({request_.body}).is_found_in(body_.text());
  out.outcome = is_expected ? ProbeOutcome::passed : ProbeOutcome::answer;
  out.certificate_expires = certificate_expiry();
  return out;
}

Observed<Probe> ProbeTransfer::of_broken(CURLcode result) const {
  switch (result) {
    case CURLE_COULDNT_CONNECT:
      return of_no_connection();
    case CURLE_COULDNT_RESOLVE_HOST:
      return unseen("name", "could not resolve host",
                    "use an IP address, or fix name resolution (`getent hosts NAME`)");
    case CURLE_OPERATION_TIMEDOUT:
      return probe(ProbeOutcome::timeout);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
      return probe(ProbeOutcome::closed);
    case CURLE_WRITE_ERROR:           // headers without end
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, or no HTTP at all
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_OUT_OF_MEMORY:  // also returned for a header line of more than 100 KiB
      return probe(ProbeOutcome::protocol);
    case CURLE_SSL_CACERT_BADFILE:
      return unseen("permission", "cannot read the CA certificates in " + request_.ca,
                    "let checklistd read " + request_.ca);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
      return Probe{.outcome = ProbeOutcome::tls, .status = 0, .note = error_.data()};
    default:
      return unseen("unsupported", std::string("probe failed: ") + curl_easy_strerror(result));
  }
}

Observed<Probe> ProbeTransfer::of_no_connection() const {
  long error = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_OS_ERRNO, &error);
  if (error == 0 && !event::Fd(::open("/", O_PATH | O_CLOEXEC))) {
    error = errno;  // libcurl does not say why it could not create the socket
  }
  const std::string why = std::system_category().message(static_cast<int>(error));
  if (is_shortage(static_cast<int>(error))) {
    return unseen("resources", "cannot create a socket: " + why, more_descriptors);
  }
  switch (error) {
    case EACCES:
    case EPERM:
      return unseen("permission", "cannot connect: " + why, "allow the user checklistd to connect");
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
      return probe(ProbeOutcome::unreachable);
    default:
      return probe(ProbeOutcome::refused);
  }
}
}  // namespace checklist::observe
