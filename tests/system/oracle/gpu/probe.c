// SPDX-License-Identifier: MIT
// Opens a path read-only, write-only and read-write and prints what came of each: "r ENXIO".
//   probe PATH [stay|late]    with "stay" it waits to be ended afterwards; with "late" it opens it at SIGUSR1
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *tried(const char *path, int access) {
  const int fd = open(path, access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) {
    close(fd);
    return "OK";
  }
  return strerrorname_np(errno);
}

int main(int count, char **arguments) {
  if (count < 2) {
    return 2;
  }
  const char *how = count > 2 ? arguments[2] : "";
  if (strcmp(how, "late") == 0) {
    sigset_t signals;
    int signal = 0;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    puts("ready");
    fflush(stdout);
    sigwait(&signals, &signal);
  }
  printf("r %s\n", tried(arguments[1], O_RDONLY));
  printf("w %s\n", tried(arguments[1], O_WRONLY));
  printf("rw %s\n", tried(arguments[1], O_RDWR));
  fflush(stdout);
  if (*how != '\0') {
    pause();
  }
  return 0;
}
