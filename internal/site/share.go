package site

import (
	"runtime"
	"sync"
)

// fewPages is what is not worth a worker of its own.
const fewPages = 256

// share calls work for ranges that cover 0 to n, side by side. Calls must not
// write what others read, so that the number of processors changes nothing.
func share(n int, work func(from, to int)) {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/fewPages))
	if workers == 1 {
		work(0, n)
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { work(w*n/workers, (w+1)*n/workers) })
	}
	wg.Wait()
}
