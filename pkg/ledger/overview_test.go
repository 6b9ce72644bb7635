package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOverview(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2", "3")...)
		settle(t, l, Answer{Item: item("2", "1").ID, State: Refused})
		require.NoError(t, l.SetCursor(t.Context(), "shop", "2026-03-16"))

		look := open(t, place, func(o *Options) { o.ReadOnly = true })
		over, err := look.Overview(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[State]int64{Exported: 2, Refused: 1}, over.States)
		assert.Equal(t, []SourceCursor{{"shop", "2026-03-16", noon}}, over.Cursors)
		assert.Contains(t, over.Holder, "test (process ")
		assert.Equal(t, noon, over.Since)

		names, err := look.Names(t.Context(), 2)
		require.NoError(t, err)
		assert.Equal(t, []string{"OP-3", "3", "OP-2", "2"}, names)

		require.NoError(t, l.Close())
		over, err = look.Overview(t.Context())
		require.NoError(t, err)
		assert.Empty(t, over.Holder)
		assert.Equal(t, time.Time{}, over.Since)

		stranger := open(t, place, func(o *Options) { o.ReadOnly, o.Unit = true, "99999994" })
		over, err = stranger.Overview(t.Context())
		require.NoError(t, err)
		assert.Equal(t, Overview{States: map[State]int64{}}, over)
	})
}
