package ledger

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEveryStateIsInTheTable(t *testing.T) {
	for _, word := range State("").Values() {
		assert.Contains(t, follow, State(word))
	}
	assert.Len(t, follow, len(State("").Values()))
}

// What must never happen, whatever else the table allows.
func TestForbiddenTransitions(t *testing.T) {
	for from, to := range map[State][]State{
		Accepted:        {New, Writing, Exported, Sending, Refused, Unknown},
		AcceptedChanged: {New, Writing, Exported, Sending, Refused, Unknown},
		Baseline:        {New, Writing, Exported, Sending, Refused, Unknown},
		Replaced:        {New, Writing, Exported, Sending, Accepted, Refused, Unknown, Cancelled},
		Sending:         {New, Writing, Exported, Cancelled, Replaced},
		New:             {Exported, Sending, Refused, Unknown, Replaced},
	} {
		for _, next := range to {
			assert.False(t, from.May(next), "%s to %s", from, next)
		}
	}
	for _, word := range State("").Values() {
		assert.False(t, State(word).May(New), "only Forget and an undone export make a record new")
		assert.False(t, State(word).May(Writing), "only an export makes a record writing")
	}
}
