#ifndef TFJS_NATIVE_SIGNAL_GUARD_H_
#define TFJS_NATIVE_SIGNAL_GUARD_H_

#include <pthread.h>
#include <signal.h>

namespace tfnodejs {

// Holds back the signals of this thread, and of threads that are started meanwhile, until it goes out of scope.
//
// Some of TensorFlow's convolution gradients use the memory below the stack pointer as if nobody else did: a signal handler
// that runs on their stack destroys the heap. Signals that a fault raises are not held back.
class SignalGuard {
 public:
  SignalGuard() {
    sigset_t held;
    sigfillset(&held);
    for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS}) sigdelset(&held, fault);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~SignalGuard() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalGuard(const SignalGuard &) = delete;
  SignalGuard &operator=(const SignalGuard &) = delete;

 private:
  sigset_t before_;
};

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_SIGNAL_GUARD_H_
