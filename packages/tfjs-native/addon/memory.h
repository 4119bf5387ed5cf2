#ifndef TFJS_NATIVE_MEMORY_H_
#define TFJS_NATIVE_MEMORY_H_

#ifdef __linux__
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <cstdlib>
#include <cstring>

namespace tfnodejs {

// glibc gives nearly every thread a pool of its own for what it allocates. TensorFlow's threads allocate whole activations,
// each in its own pool, and free them in another thread's: fewer pools hold less that nobody uses.
inline void ShareMemoryPools() {
#ifdef __GLIBC__
  if (getenv("MALLOC_ARENA_MAX") == nullptr) mallopt(M_ARENA_MAX, 2);
#endif
}

// Freed memory goes back to the system: what JavaScript's thread has freed would be of no use to TensorFlow's.
inline void ReturnMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

// Takes TensorFlow's code and constants out of this process's memory. Loading the library and registering its kernels goes
// through 200 MB of them, of which a training step needs a part; that comes back from the system's cache when it is touched.
// Segments that can be written to hold relocations and stay.
inline void ForgetLoading() {
#ifdef __linux__
  dl_iterate_phdr(
      [](struct dl_phdr_info *library, size_t, void *) {
        if (strstr(library->dlpi_name, "/libtensorflow_") == nullptr) return 0;
        const uintptr_t page = sysconf(_SC_PAGESIZE);
        for (int index = 0; index < library->dlpi_phnum; ++index) {
          const ElfW(Phdr) &segment = library->dlpi_phdr[index];
          if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
          const uintptr_t start = library->dlpi_addr + segment.p_vaddr;
          const uintptr_t first = (start + page - 1) / page * page;
          const uintptr_t end = (start + segment.p_memsz) / page * page;
          if (end > first) madvise(reinterpret_cast<void *>(first), end - first, MADV_DONTNEED);
        }
        return 0;
      },
      nullptr);
#endif
}

}  // namespace tfnodejs

#endif  // TFJS_NATIVE_MEMORY_H_
