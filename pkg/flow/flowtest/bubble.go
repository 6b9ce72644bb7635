package flowtest

import (
	"testing"
	"testing/synctest"
	"time"
)

// Bubble runs a test under a clock of its own. Goroutines may end their work after
// it; one that never ends fails it.
func Bubble(t *testing.T, run func(*testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour)
		run(t)
	})
}
