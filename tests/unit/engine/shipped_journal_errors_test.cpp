// SPDX-License-Identifier: MIT
// The patterns of the shipped specs against lines as the programs themselves write them.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "checklist/facts/store.hpp"

#include "config/configuration.hpp"
#include "observe/journal/unit_messages.hpp"

namespace checklist::engine {
namespace {
const std::string shipped = SOURCE_DIR "/config/plan/";

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
  explicit Said(const std::string& unit) : Said(asked(unit)) { EXPECT_EQ(key_.unit, unit); }

  explicit Said(JournalMessagesKey key) : key_(std::move(key)), messages_(key_) {}

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

TEST(ShippedJournalErrors, LlamacppWithoutItsGpu) {
  Said("llamacpp.service")
      .counts({{"ggml_cuda_init: failed to initialize CUDA: no CUDA-capable device is detected"},
               {"ggml_cuda_init: failed to initialize CUDA: unknown error"},
               {"ggml_cuda_init: failed to initialize ROCm: no ROCm-capable device is detected"},
               {"warning: no usable GPU found, --gpu-layers option will be ignored"},
               {"warning: not compiled with GPU offload support, --gpu-layers option will be "
                "ignored"},
               {"load_tensors: offloaded 0/33 layers to GPU"},
               {"0.01.234.567 I load_tensors: offloaded 0/49 layers to GPU"},
               {"ROCm error: out of memory"},
               {"  what():  vk::Queue::submit: ErrorDeviceLost"}})
      .does_not_count({{"ggml_cuda_init: found 1 CUDA devices (Total VRAM: 24111 MiB):"},
                       {"  Device 0: NVIDIA GeForce RTX 4090, compute capability 8.9, VMM: yes"},
                       {"load_tensors: offloading 32 repeating layers to GPU"},
                       {"load_tensors: offloaded 33/33 layers to GPU"},
                       {"load_tensors: offloaded 10/33 layers to GPU"},
                       {"load_backend: loaded CUDA backend from /usr/lib/ggml/libggml-cuda.so"},
                       {"ggml_vulkan: Found 1 Vulkan devices:"},
                       {"system_info: n_threads = 8 | CUDA : ARCHS = 890 | USE_GRAPHS = 1 |"}});
}

TEST(ShippedJournalErrors, OllamaWithoutItsGpu) {
  const std::string at = "time=2026-02-14T11:15:42.629Z level=INFO source=types.go:60 ";
  Said("ollama.service")
      .counts({{at + R"(msg="no compatible GPUs were discovered")"},
               {at + R"(msg="inference compute" id=0 library=cpu variant=avx2 compute="")"},
               {at + R"(msg="inference compute" id=cpu library=cpu compute="" name=cpu)"},
               {at + R"(msg="entering low vram mode" "total vram"="0 B" threshold="20.0 GiB")"},
               {at + R"(msg="offloaded 0/33 layers to GPU")"},
               {at + R"(msg="error looking up nvidia GPU memory" error="cuda driver library failed)"
                     R"( to get device context 999")"},
               {"ggml_cuda_init: failed to initialize CUDA: forward compatibility was attempted on "
                "non supported HW"}})
      .does_not_count(
          {{at + R"(msg="looking for compatible GPUs")"},
           {at + R"(msg="discovering available GPUs...")"},
           {at + R"(msg="inference compute" id=GPU-7d14 library=cuda variant=v12 compute=8.9)"},
           {at + R"(msg="inference compute" id=0 library=CUDA name=CUDA0 libdirs=ollama,cuda_v13)"},
           {at + R"(msg="entering low vram mode" "total vram"="15.9 GiB" threshold="20.0 GiB")"},
           {at + R"(msg="offloaded 33/33 layers to GPU")"},
           {"load_backend: loaded CPU backend from /usr/lib/ollama/libggml-cpu-haswell.so"},
           {"time=2026-02-14T11:15:42.629Z level=DEBUG source=amd_linux.go:423 msg=\"amdgpu driver "
            "not detected /sys/module/amdgpu\""}});
}

TEST(ShippedJournalErrors, PyTorchThatLosesItsGpu) {
  Said("jupyter.service")
      .counts(
          {{"/v/torch/cuda/__init__.py:107: UserWarning: CUDA initialization: CUDA unknown error "
            "- this may be due to an incorrectly set up environment"},
           {"UserWarning: CUDA initialization: Unexpected error from cudaGetDeviceCount()."},
           {"/v/torch/cuda/__init__.py:611: UserWarning: Can't initialize NVML"},
           {"RuntimeError: CUDA error: unspecified launch failure"}})
      .does_not_count({{"Using cache found in /home/dev/.cache/torch/hub/x"},
                       {"[I 2026-07-05 12:00:00.123 ServerApp] Kernel started: 0f0f"}});
}

// The patterns for a program in the table of the check's page.
JournalMessagesKey documented(const std::vector<std::string>& programs) {
  JournalMessagesKey out;
  out.unit = "x.service";
  out.id = out.unit;
  std::ifstream page(SOURCE_DIR "/docs/checks/journal_errors.md");
  for (std::string line; std::getline(page, line);) {
    const bool is_asked = std::ranges::any_of(programs, [&line](const std::string& program) {
      return line.starts_with("| " + program + " | ");
    });
    for (auto begin = line.find('`'); is_asked && begin != std::string::npos;) {
      const auto end = line.find('`', begin + 1);
      out.match.push_back(line.substr(begin + 1, end - begin - 1));
      begin = line.find('`', end + 1);
    }
  }
  EXPECT_GT(out.match.size(), 1U);
  return out;
}

TEST(ShippedJournalErrors, DocumentedForOtherPrograms) {
  Said(documented({"vLLM"}))
      .counts({{"INFO 04-01 18:01:58 [__init__.py:243] No platform detected, vLLM is running on "
                "UnspecifiedPlatform"},
               {"RuntimeError: Failed to infer device type"}})
      .does_not_count({{"INFO 04-01 18:01:58 [__init__.py:239] Automatically detected platform "
                        "cuda."},
                       {"INFO 04-01 18:02:08 [api_server.py:1043] vLLM API server version 0.8.5"}});
  Said(documented({"ComfyUI", "PyTorch"}))
      .counts({{"Device: cpu"},
               {"[INFO] Device: cpu"},
               {"Set vram state to: DISABLED"},
               {"AssertionError: Torch not compiled with CUDA enabled"},
               {"RuntimeError: Found no NVIDIA driver on your system. Please check that you have"}})
      .does_not_count({{"Device: cuda:0 NVIDIA GeForce RTX 4090 : cudaMallocAsync"},
                       {"[INFO] Set vram state to: NORMAL_VRAM"},
                       {"pytorch version: 2.6.0+cu124"},
                       {"Total VRAM 24576 MB, total RAM 31943 MB"}});
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
               {"No devices were found"},
               {"Unable to determine the device handle for GPU0000:01:00.0: Unknown Error"},
               {"GPU is lost. Reboot the system to recover this GPU"},
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
