package flow

import (
	"context"
	"io"
)

// batch is how many jobs travel together: handing over one at a time would cost
// more than some of the jobs.
const batch = 8

// inOrder works on jobs with several workers and uses the results in the order
// of the jobs. next gives jobs until io.EOF; each worker makes its own work
// function, so that it can keep its memory; use runs on the caller's goroutine.
// At most a few batches are under way, so that memory stays flat.
func inOrder[J, R any](ctx context.Context, workers int, next func() (J, error), worker func() func(J) R, use func(R) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type slot struct {
		jobs    []J
		results chan []R
		err     error
	}
	todo, order := make(chan slot, workers), make(chan slot, workers)
	go func() {
		defer close(todo)
		defer close(order)
		for {
			s := slot{results: make(chan []R, 1)}
			s.jobs, s.err = gather(next)
			for _, queue := range []chan slot{order, todo} {
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
	}()
	for range workers {
		go func() {
			work := worker()
			for s := range todo {
				results := make([]R, len(s.jobs))
				for i, job := range s.jobs {
					results[i] = work(job)
				}
				s.results <- results
			}
		}()
	}
	for s := range order {
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
		if s.err != nil && s.err != io.EOF {
			return s.err
		}
	}
	return context.Cause(ctx)
}

func gather[J any](next func() (J, error)) ([]J, error) {
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
