// SPDX-License-Identifier: MIT
// The patterns of the shipped specs against lines as the programs themselves write them.
#include <gtest/gtest.h>

#include "checklist/facts/store.hpp"

#include "config/configuration.hpp"
#include "observe/journal/unit_messages.hpp"

namespace checklist::engine {
namespace {
const std::string shipped = SOURCE_DIR "/config/";

config::Configuration configuration(const std::string& user) {
  return config::load({.daemon_file = shipped + "no-such-file.json",
                       .daemon_file_required = false,
                       .directories = {user.empty() ? shipped + "services.d" : shipped + "none"},
                       .user_directories = {shipped + "user-services.d"},
                       .directories_required = false,
                       .user = user})
      .configuration;
}

// What the spec's check asks for.
JournalMessagesKey asked(const config::Service& service) {
  Facts facts;
  Unit unit;
  unit.id = service.spec.unit;
  facts.put(UnitKey{service.spec.unit}, unit);
  View view(facts, 0, service.spec, TimePoint{});
  for (const auto& check : service.checks) {
    if (check.name == "journal_errors") {
      (void)check.run(view);
    }
  }
  const auto wanted = facts.wanted<JournalMessagesKey>();
  return wanted && wanted->size() == 1 ? *wanted->begin() : JournalMessagesKey{};
}

JournalMessagesKey asked(const std::string& unit) {
  for (const char* user : {"", "dev"}) {
    for (const auto& service : configuration(user).services) {
      if (service.spec.unit == unit) {
        return asked(service);
      }
    }
  }
  return {};
}

struct Line {
  std::string text;
  Priority priority = Priority::info;  // that of standard output and error
};

class Said {
 public:
  explicit Said(const std::string& unit) : key_(asked(unit)), messages_(key_) {
    EXPECT_EQ(key_.unit, unit);
  }

  Said& counts(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      EXPECT_TRUE(is_counted(line)) << line.text;
    }
    return *this;
  }

  Said& does_not_count(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      EXPECT_FALSE(is_counted(line)) << line.text;
    }
    return *this;
  }

 private:
  [[nodiscard]] bool is_counted(const Line& line) const {
    parse::LoggedMessage message;
    message.priority = line.priority;
    message.text = line.text;
    return messages_.classify(message).cause.has_value();
  }

  JournalMessagesKey key_;
  observe::UnitMessages messages_;
};

TEST(ShippedJournalErrors, Llamacpp) {
  Said("llamacpp.service")
      .counts({{"0.05.123.456 E common_init_from_params: failed to load model '/m.gguf'"},
               {"error loading model: tensor 'blk.0.attn_q.weight' is not within the file bounds"},
               {"llama_model_load: error loading model: unknown model architecture: 'x'"
                "; failed to load model"},
               {"common_init_from_params: failed to load model '/var/lib/models/m.gguf'"},
               {"error: invalid argument: --ctx"},
               {"ggml_backend_cuda_buffer_type_alloc_buffer: allocating 4096.00 MiB on device 0: "
                "cudaMalloc failed: out of memory"},
               {"CUDA error: an illegal memory access was encountered"},
               {"/build/ggml/src/ggml.c:3513: GGML_ASSERT(a->ne[2] == b->ne[0]) failed"}})
      .does_not_count(
          {{"main: server is listening on http://127.0.0.1:8080 - starting the main loop"},
           {"0.00.035.120 I srv  update_slots: all slots are idle"},
           {"0.01.000.000 W llama_init: n_ctx_per_seq (4096) < n_ctx_train (131072)"},
           {"srv  log_server_r: request: GET /error 127.0.0.1 404"},
           {"0.09.000.000 E srv  send_error: task id = 7, error: input is too large to process"}});
}

TEST(ShippedJournalErrors, Ollama) {
  Said("ollama.service")
      .counts(
          {{R"(time=2024-07-05T12:00:00.000Z level=ERROR source=sched.go:455 msg="error loading )"
            R"(llama server" error="llama runner process has terminated: signal: killed")"},
           {"ggml_cuda_init: CUDA error: no CUDA-capable device is detected"},
           {"panic: runtime error: index out of range [1] with length 1"}})
      .does_not_count(
          {{R"(time=2024-07-05T12:00:00.000Z level=INFO source=routes.go:1111 msg="Listening on )"
            R"(127.0.0.1:11434")"},
           {R"(time=2024-07-05T12:00:00.000Z level=WARN source=sched.go:1 msg="no ERROR here")"},
           {R"([GIN] 2024/07/05 - 12:00:00 | 404 |     1.2ms |  127.0.0.1 | GET "/api/error")"}});
}

TEST(ShippedJournalErrors, OllamaGpuManager) {
  Said("ollama-gpu-manager.service")
      .counts({{"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."},
               {"Failed to initialize NVML: Driver/library version mismatch"},
               {"Error: could not connect to ollama app, is it running?"},
               {"ollama did not unload llama3:8b"}})
      .does_not_count({{"ollama does not answer, trying again"},
                       {"unloading llama3:8b: 512 MiB of GPU memory are free, wanted are 1024"}});
}

TEST(ShippedJournalErrors, Jupyter) {
  Said("jupyter.service")
      .counts({{"[E 2024-07-05 12:00:00.123 ServerApp] Uncaught exception GET /api/contents"},
               {"[C 2024-07-05 12:00:00.123 ServerApp] ERROR: the Jupyter server could not be "
                "started because no available port could be found."},
               {"[C 12:00:00.123 NotebookApp] Bad config encountered during initialization: x"}})
      .does_not_count(
          {{"[I 2024-07-05 12:00:00.123 ServerApp] Serving notebooks from local directory: /x"},
           {"[W 2024-07-05 12:00:00.123 ServerApp] 404 GET /x (@127.0.0.1) 1.0ms"},
           {"[C 2024-07-05 12:00:00.123 ServerApp] "},
           {"    To access the server, open this file in a browser:"},
           {"[E 12:00:00.123 NotebookApp] Could not open static file ''"}});
}

TEST(ShippedJournalErrors, ClamavDaemon) {
  Said("clamav-daemon.service")
      .counts({{"Fri Jul  5 12:00:00 2024 -> !ERROR: Can't unlink the socket file"},
               {"Fri Jul  5 12:00:00 2024 -> ERROR: Malformed database"},
               {"ERROR: Can't open/parse the config file /etc/clamav/clamd.conf"},
               {"LibClamAV Error: cli_loaddbdir: No supported database files found"}})
      .does_not_count({{"Fri Jul  5 12:00:00 2024 -> SelfCheck: Database status OK."},
                       {"Fri Jul  5 12:00:00 2024 -> ^WARNING: Can't allocate"},
                       {"LibClamAV Warning: **  The virus database is older than 7 days!  **"},
                       {"Fri Jul  5 12:00:00 2024 -> instream(local): Eicar-Test FOUND"}});
}

TEST(ShippedJournalErrors, ClamavScan) {
  Said("clamav-scan.service")
      .counts({{"ERROR: Could not connect to clamd on LocalSocket /run/clamav/clamd.ctl"},
               {"/home/x: lstat() failed: Permission denied. ERROR"},
               {"/home/dev/eicar.com: Eicar-Test-Signature FOUND"}})
      .does_not_count({{"----------- SCAN SUMMARY -----------"},
                       {"Infected files: 0"},
                       {"Total errors: 0"},
                       {"/srv/share/README: OK"}});
}

TEST(ShippedJournalErrors, PrometheusAndAlertmanager) {
  for (const char* unit : {"prometheus.service", "prometheus-alertmanager.service"}) {
    Said(unit)
        .counts(
            {{R"(ts=2024-07-05T12:00:00.000Z caller=main.go:437 level=error msg="Error loading )"
              R"(config" file=x err="yaml: line 3")"},
             {R"(level=error ts=2020-07-05T12:00:00.000Z caller=main.go:740 err="x")"},
             {R"(time=2024-12-05T12:00:00.000Z level=ERROR source=main.go:1 msg="x" err=y)"},
             {"panic: runtime error: invalid memory address or nil pointer dereference"}})
        .does_not_count(
            {{R"(ts=2024-07-05T12:00:00.000Z caller=main.go:1 level=info msg="Server is )"
              R"(ready to receive web requests.")"},
             {R"(ts=2024-07-05T12:00:00.000Z caller=x.go:1 level=warn msg="x")"}});
  }
}

TEST(ShippedJournalErrors, Grafana) {
  Said("grafana.service")
      .counts(
          {{R"(logger=migrator t=2024-07-05T12:00:00.000Z level=error msg="Executing migration )"
            R"(failed" id="create x" error="database is locked")"},
           {"t=2020-07-05T12:00:00+0000 lvl=eror msg=\"Failed to start\" logger=server"},
           {"t=2020-07-05T12:00:00+0000 lvl=crit msg=\"Failed to parse config\""}})
      .does_not_count(
          {{R"(logger=http.server t=2024-07-05T12:00:00.000Z level=info msg="HTTP Server Listen")"},
           {R"(logger=context userId=0 orgId=0 uname= t=2024-07-05T12:00:00.000Z level=error )"
            R"(msg="Invalid username or password" error="[password-auth.failed] x")"},
           {R"(logger=x t=2024-07-05T12:00:00.000Z level=warn msg="error")"}});
}

TEST(ShippedJournalErrors, SshdIgnoresScanners) {
  constexpr auto err = Priority::err;
  Said("sshd.service")
      .does_not_count(
          {{"error: kex_exchange_identification: Connection closed by remote host", err},
           {"error: kex_exchange_identification: client sent invalid protocol identifier \"GET "
            "/ "
            "HTTP/1.1\"",
            err},
           {"error: send_error: write: Broken pipe", err},
           {"error: kex_protocol_error: type 20 seq 2 [preauth]", err},
           {"error: maximum authentication attempts exceeded for invalid user admin from "
            "192.0.2.7 port 40022 ssh2 [preauth]",
            err},
           {"error: PAM: Authentication failure for root from 192.0.2.7", err},
           {"error: Received disconnect from 192.0.2.7 port 40022:14: No supported "
            "authentication "
            "methods available [preauth]",
            err},
           {"fatal: Timeout before authentication for 192.0.2.7 port 40022", Priority::crit},
           {"fatal: userauth_pubkey: parse publickey packet: incomplete message [preauth]",
            Priority::crit},
           {"error: Protocol major versions differ: 2 vs. 1", err},
           {"error: beginning MaxStartups throttling", err},
           {"fatal: Unable to negotiate with 192.0.2.7 port 40022: no matching key exchange "
            "method "
            "found. Their offer: diffie-hellman-group1-sha1 [preauth]",
            Priority::crit},
           {"banner exchange: Connection from 192.0.2.7 port 40022: invalid format", err},
           {"ssh_dispatch_run_fatal: Connection from 192.0.2.7 port 40022: message "
            "authentication "
            "code incorrect [preauth]",
            Priority::crit}})
      .counts({{"error: Bind to port 22 on 0.0.0.0 failed: Address already in use.", err},
               {"fatal: Cannot bind any address.", Priority::crit},
               {"error: Could not load host key: /etc/ssh/ssh_host_rsa_key", err},
               {"fatal: no hostkeys available -- exiting.", Priority::crit},
               {"error: Could not get shadow information for dev", err}});
}

TEST(ShippedJournalErrors, DockerPullImages) {
  Said("docker-pull-images.service")
      .counts({{"Error response from daemon: pull access denied for x, repository does not exist"},
               {"error during connect: Get \"http://%2Fvar%2Frun%2Fdocker.sock/_ping\": EOF"},
               {"ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock."},
               {"Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker "
                "daemon running?"},
               {"failed to register layer: write /usr/lib/x: no space left on device"}})
      .does_not_count({{"16: Pulling from library/postgres"},
                       {"Digest: sha256:0f0f"},
                       {"Status: Image is up to date for redis:7"}});
}

TEST(ShippedJournalErrors, SetupSystemCredentials) {
  Said("setup-system-credentials.service")
      .counts({{"install: cannot create directory '/etc/credstore': Read-only file system"},
               {"/usr/local/bin/setup-system-credentials: 8: cannot create /etc/credstore/x: "
                "Permission denied"},
               {"base64: write error: No space left on device"},
               {"Failed to encrypt: Permission denied"}})
      .does_not_count({{"made grafana-admin"}, {"grafana-admin is there already"}});
}
}  // namespace
}  // namespace checklist::engine
