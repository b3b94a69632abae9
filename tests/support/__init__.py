"""Reports made for tests and benchmarks, and the sources that hold them."""
