package output

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// worker does numbered pieces of work one after the other, with tools of its own
// (buffers, open folders) that need no lock.
type worker interface {
	do(i int) error
	done() // releases the tools
}

// spread does the pieces 0 to n-1 with GOMAXPROCS workers. Each takes runs of
// neighbours, which lie in the same folders. The first error stops the others
// after their current piece; of several, the one with the lowest number is
// returned. When ctx ends, its error is.
func spread(ctx context.Context, n int, hire func() worker) error {
	hands := min(runtime.GOMAXPROCS(0), n)
	run := max(1, min(32, n/(4*max(1, hands))))
	var (
		next    atomic.Int64
		stopped atomic.Bool
		wg      sync.WaitGroup
		mu      sync.Mutex
		failed  = n
		first   error
	)
	report := func(i int, err error) {
		stopped.Store(true)
		mu.Lock()
		defer mu.Unlock()
		if i < failed {
			failed, first = i, err
		}
	}
	for range hands {
		wg.Go(func() {
			w := hire()
			defer w.done()
			for {
				start := int(next.Add(int64(run))) - run
				for i := start; i < min(start+run, n); i++ {
					if stopped.Load() || ctx.Err() != nil {
						return
					}
					if err := w.do(i); err != nil {
						report(i, err)
						return
					}
				}
				if start+run >= n {
					return
				}
			}
		})
	}
	wg.Wait()
	if first != nil {
		return first
	}
	return ctx.Err()
}
