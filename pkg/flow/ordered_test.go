package flow_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
)

// counted gives the numbers below n, then an error.
func counted(n int, end error) func() (int, error) {
	next := -1
	return func() (int, error) {
		if next++; next >= n {
			return 0, end
		}
		return next, nil
	}
}

func digits(i int) string { return strconv.Itoa(i) }

func plain() func(int) string { return digits }

// gathered appends results to a list.
func gathered(all *[]string) func(string) error {
	return func(s string) error {
		*all = append(*all, s)
		return nil
	}
}

func numbers(n int) []string {
	all := []string{}
	for i := range n {
		all = append(all, digits(i))
	}
	return all
}

func nothing() {}

// eachInOrder is ProcessOrdered with workers that work on one job at a time.
func eachInOrder[J, R any](ctx context.Context, workers int, next func() (J, error), ended func(), worker func() func(J) R, use func(R) error) error {
	return flow.ProcessOrdered(ctx, workers, flow.BatchSize, next, ended, func() func([]J) []R { return flow.OneByOne(worker()) }, use)
}

// slowly works for a random time on each job.
func slowly() func(int) string {
	return func(i int) string {
		time.Sleep(time.Duration(rand.IntN(1000)) * time.Millisecond)
		return digits(i)
	}
}

func TestInOrderKeepsTheOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		for _, n := range []int{0, 1, flow.BatchSize - 1, flow.BatchSize, flow.BatchSize + 1, 40 * flow.BatchSize, 40*flow.BatchSize + 3} {
			flowtest.Bubble(t, func(t *testing.T) {
				all, ended := []string{}, 0
				err := eachInOrder(t.Context(), workers, counted(n, io.EOF), func() { ended++ }, slowly, gathered(&all))
				require.NoError(t, err)
				assert.Equal(t, numbers(n), all)
				assert.Equal(t, 1, ended)
			})
		}
	}
}

func TestInOrderGivesEachWorkerItsOwnMemory(t *testing.T) {
	flowtest.Bubble(t, func(t *testing.T) {
		var made atomic.Int32
		worker := func() func(int) string {
			made.Add(1)
			busy := false
			return func(i int) string {
				assert.False(t, busy, "two jobs in one memory")
				busy = true
				time.Sleep(time.Millisecond)
				busy = false
				return digits(i)
			}
		}
		require.NoError(t, eachInOrder(t.Context(), 3, counted(100, io.EOF), nothing, worker, gathered(new([]string))))
		assert.EqualValues(t, 3, made.Load())
	})
}

func TestInOrderReadsOnlyAFewAhead(t *testing.T) {
	flowtest.Bubble(t, func(t *testing.T) {
		const workers = 2
		read, used := 0, 0
		next := counted(1000, io.EOF)
		require.NoError(t, eachInOrder(t.Context(), workers, func() (int, error) {
			read++
			return next()
		}, nothing, plain, func(string) error {
			used++
			time.Sleep(time.Millisecond) // lets the others run as far as they can
			synctest.Wait()
			// One batch is in use, one waits to be put into the queue.
			assert.LessOrEqual(t, read-used, (workers+2)*flow.BatchSize)
			return nil
		}))
		assert.Equal(t, 1000, used)
	})
}

func TestInOrderStopsAtAnError(t *testing.T) {
	broken := errors.New("broken")
	t.Run("of next, after what came before", func(t *testing.T) {
		flowtest.Bubble(t, func(t *testing.T) {
			all := []string{}
			assert.Equal(t, broken, eachInOrder(t.Context(), 2, counted(3*flow.BatchSize+2, broken), nothing, slowly, gathered(&all)))
			assert.Equal(t, numbers(3*flow.BatchSize+2), all)
		})
	})
	t.Run("of use, at once", func(t *testing.T) {
		flowtest.Bubble(t, func(t *testing.T) {
			used := 0
			assert.Equal(t, broken, eachInOrder(t.Context(), 2, counted(1e9, io.EOF), nothing, slowly, func(string) error {
				if used++; used == 5 {
					return broken
				}
				return nil
			}))
			assert.Equal(t, 5, used)
		})
	})
}

func TestInOrderIsCancelled(t *testing.T) {
	for name, when := range map[string]int{"before": 0, "in the middle": 100} {
		t.Run(name, func(t *testing.T) {
			flowtest.Bubble(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				used := 0
				if when == 0 {
					cancel()
				}
				assert.Equal(t, context.Canceled, eachInOrder(ctx, 2, counted(1e9, io.EOF), nothing, plain, func(string) error {
					if used++; used == when {
						cancel()
					}
					return nil
				}))
				cancel()
			})
		})
	}
}

// TestInOrderDoesNotWaitForItsInput is a run whose input is a pipe that nobody
// writes to: it ends although next does not, and next is the last to run.
func TestInOrderDoesNotWaitForItsInput(t *testing.T) {
	flowtest.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		written, reading, ended := make(chan struct{}), false, false
		go func() {
			time.Sleep(time.Second)
			cancel()
		}()
		assert.Equal(t, context.Canceled, eachInOrder(ctx, 2, func() (int, error) {
			reading = true
			<-written
			reading = false
			return 1, nil
		}, func() {
			assert.False(t, reading)
			ended = true
		}, plain, gathered(new([]string))))
		assert.False(t, ended)
		close(written)
		synctest.Wait()
		assert.True(t, ended)
	})
}

func TestInOrderRaisesPanicsOnTheCallersGoroutine(t *testing.T) {
	for name, run := range map[string]func(context.Context) error{
		"of next": func(ctx context.Context) error {
			return eachInOrder(ctx, 2, func() (int, error) { panic("deep inside") }, nothing, plain, gathered(new([]string)))
		},
		"of making a worker": func(ctx context.Context) error {
			return eachInOrder(ctx, 2, counted(100, io.EOF), nothing, func() func(int) string { panic("deep inside") }, gathered(new([]string)))
		},
		"of work": func(ctx context.Context) error {
			return eachInOrder(ctx, 2, counted(100, io.EOF), nothing, func() func(int) string {
				return func(i int) string {
					if i == 77 {
						panic("deep inside")
					}
					return digits(i)
				}
			}, gathered(new([]string)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			flowtest.Bubble(t, func(t *testing.T) {
				defer func() {
					panicked, ok := recover().(*flow.Panic)
					require.True(t, ok)
					assert.Equal(t, "deep inside", panicked.Value)
					assert.Contains(t, string(panicked.Stack), "ordered_test.go")
				}()
				err := run(t.Context())
				t.Errorf("ended with %v", err)
			})
		})
	}
}

func BenchmarkInOrder(b *testing.B) {
	i := 0
	b.ReportAllocs()
	require.NoError(b, eachInOrder(b.Context(), runtime.GOMAXPROCS(0), func() (int, error) {
		if i++; i > b.N {
			return 0, io.EOF
		}
		return i, nil
	}, nothing, plain, func(string) error { return nil }))
}
