package flow

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
)

// How many jobs travel together: handing over one at a time would cost more than
// some of the jobs, and many would cost memory. A database is asked about many at
// once.
const (
	BatchSize       = 8
	LedgerBatchSize = 64
)

// ProcessOrdered works on jobs with several workers and uses the results in the order
// of the jobs. next gives jobs until io.EOF; ended follows its last call. A run
// that is stopped does not wait for either, since next may wait for its input.
// Each worker makes its own work function, so that it can keep its memory, and
// works on a few jobs at a time, one result each; use
// runs on the caller's goroutine, and what panics elsewhere panics there. At most
// a few batches are under way, so that memory stays flat.
func ProcessOrdered[J, R any](ctx context.Context, workers, batch int, next func() (J, error), ended func(), worker func() func([]J) []R, use func(R) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	todo, order := make(chan slot[J, R], workers), make(chan slot[J, R], workers)
	go func() {
		// The run is stopped before its queues end: a part is not the whole.
		defer closeAll(order, todo)
		defer ended()
		defer rescue(stop)
		dispatch(ctx, batch, next, order, todo)
	}()
	for range workers {
		go func() {
			defer rescue(stop)
			work := worker()
			for s := range todo {
				s.results <- work(s.jobs)
			}
		}()
	}
	return raise(useAll(ctx, order, use))
}

// useAll uses the results of the slots until no more come.
func useAll[J, R any](ctx context.Context, order <-chan slot[J, R], use func(R) error) error {
	for {
		select {
		case s, more := <-order:
			if !more {
				return context.Cause(ctx)
			}
			if err := s.use(ctx, use); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Panic is what a goroutine of a run panicked with, raised again on the one that
// started the run: its deferred calls put away what was begun.
type Panic struct {
	Value any
	// Stack is that of the goroutine that panicked.
	Stack []byte
}

func (p *Panic) Error() string { return "a goroutine of the run panicked" }

// rescue stops a run with the panic of one of its goroutines.
func rescue(stop context.CancelCauseFunc) {
	if value := recover(); value != nil {
		stop(&Panic{value, debug.Stack()})
	}
}

// raise raises a rescued panic.
func raise(err error) error {
	if panicked, ok := errors.AsType[*Panic](err); ok {
		panic(panicked)
	}
	return err
}

// slot is a batch of jobs and the place for their results.
type slot[J, R any] struct {
	jobs    []J
	results chan []R
	// err is why no jobs follow.
	err error
}

// dispatch gathers jobs into slots and puts each into all queues.
func dispatch[J, R any](ctx context.Context, batch int, next func() (J, error), queues ...chan slot[J, R]) {
	for {
		s := slot[J, R]{results: make(chan []R, 1)}
		s.jobs, s.err = readBatch(batch, next)
		for _, queue := range queues {
			select {
			case queue <- s:
			case <-ctx.Done():
				return
			}
		}
		if s.err != nil {
			return
		}
	}
}

func closeAll[T any](queues ...chan T) {
	for _, queue := range queues {
		close(queue)
	}
}

func readBatch[J any](batch int, next func() (J, error)) ([]J, error) {
	jobs := make([]J, 0, batch)
	for range batch {
		job, err := next()
		if err != nil {
			return jobs, err
		}
		jobs = append(jobs, job)
	}
	return jobs, nil
}

// OneByOne makes a work function of one that works on a single job.
func OneByOne[J, R any](work func(J) R) func([]J) []R {
	return func(jobs []J) []R {
		results := make([]R, len(jobs))
		for i, job := range jobs {
			results[i] = work(job)
		}
		return results
	}
}

// use waits for the results of the slot and uses them.
func (s *slot[J, R]) use(ctx context.Context, use func(R) error) error {
	select {
	case results := <-s.results:
		for _, r := range results {
			if err := use(r); err != nil {
				return err
			}
		}
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}
