"""One task with gensim's KeyedVectors, in a process of its own; prints one line of JSON. See against-gensim.ts."""

import json
import sys
import time

import numpy
from gensim.models import KeyedVectors

task, path, *words = sys.argv[1:]
start = time.perf_counter()
if task == "native":
    vectors = KeyedVectors.load(path)
elif task == "native-mapped":
    vectors = KeyedVectors.load(path, mmap="r")
else:
    vectors = KeyedVectors.load_word2vec_format(path, binary=task == "binary", no_header=task == "glove")
found = [vectors[word] for word in words if word in vectors]
seconds = time.perf_counter() - start
# The peak of this program alone; ru_maxrss begins with that of the program that started it.
megabytes = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024

vectors.fill_norms()
start = time.perf_counter()
near = vectors.most_similar("frog", topn=5)
near_seconds = time.perf_counter() - start
analogy = vectors.most_similar(positive=["king", "woman"], negative=["man"], topn=3)
print(
    json.dumps(
        {
            "seconds": seconds,
            "megabytes": megabytes,
            "words": len(vectors),
            "sum": float(numpy.sum(numpy.stack(found), dtype=numpy.float64)) if found else 0,
            "near": near,
            "analogy": analogy,
            "nearSeconds": near_seconds,
        }
    )
)
