// SPDX-License-Identifier: MIT
#include "bus/connector.hpp"

#include <gmock/gmock.h>

#include "unit/bus/fake_bus.hpp"

namespace checklist::bus {
namespace {
using namespace std::chrono_literals;

class BusConnectorTest : public ::testing::Test {
 protected:
  ~BusConnectorTest() override { ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS"); }

  void connect(const std::string& address) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", address.c_str(), 1);
    connect();
  }

  void connect() {
    connector_ = std::make_unique<BusConnector>(
        loop_, Scope::system,
        [this] {
          is_connected_ = true;
          connector_.reset();
        },
        [this](const std::string& why) {
          why_ = why;
          connector_.reset();
        });
    EXPECT_FALSE(is_over()) << "callbacks come from the loop";
  }

  bool is_over() { return is_connected_ || !why_.empty(); }

  event::Loop loop_;
  bool is_connected_ = false;
  std::string why_;
  std::unique_ptr<BusConnector> connector_;
};

TEST_F(BusConnectorTest, ReportsAnEstablishedConnection) {
  const testing::FakeBus bus([](sd_bus* /*bus*/, sd_bus_message* /*call*/) {});
  connect();
  ASSERT_TRUE(loop_.run_until([this] { return is_over(); }, 5s));
  EXPECT_TRUE(is_connected_) << why_;
}

TEST_F(BusConnectorTest, ReportsAMissingSocket) {
  connect("unix:path=/nowhere/bus");
  ASSERT_TRUE(loop_.run_until([this] { return is_over(); }, 5s));
  EXPECT_EQ(why_, "No such file or directory");
}

TEST_F(BusConnectorTest, ReportsAnInvalidAddress) {
  connect("nonsense");
  ASSERT_TRUE(loop_.run_until([this] { return is_over(); }, 5s));
  EXPECT_FALSE(is_connected_);
}

TEST_F(BusConnectorTest, ReportsAConnectionThatIsClosedDuringAuthentication) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "bus";
  const testing::BoundSocket listener = testing::listen_on_path(SOCK_STREAM, path);
  connect("unix:path=" + path);
  ::close(::accept(listener.fd, nullptr, nullptr));
  ASSERT_TRUE(loop_.run_until([this] { return is_over(); }, 5s));
  EXPECT_EQ(why_, "Connection reset by peer");
}

TEST_F(BusConnectorTest, DoesNotBlockOnASilentBus) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "bus";
  const testing::BoundSocket listener = testing::listen_on_path(SOCK_STREAM, path);
  connect("unix:path=" + path);
  EXPECT_FALSE(loop_.run_until([this] { return is_over(); }, 50ms));
  connector_.reset();
  EXPECT_FALSE(loop_.run_until([this] { return is_over(); }, 20ms));
}
}  // namespace
}  // namespace checklist::bus
