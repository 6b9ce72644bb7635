package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestForget(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, item("1", "1"))
		settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted, PohodaNumber: "26OP0001"})
		record := find(t, l, "1")[0]
		require.NoError(t, l.Forget(t.Context(), record.RowID))
		assert.Equal(t, Record{
			RowID: record.RowID, Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", State: New, Seen: record.Seen, Changed: noon,
		}, find(t, l, "1")[0])
		story, err := l.History(t.Context(), record.RowID)
		require.NoError(t, err)
		last := story.Events[len(story.Events)-1]
		assert.Equal(t, EventForgotten, last.Kind)
		assert.Equal(t, "26OP0001", last.PohodaNumber, "the trace")
		export(t, l, item("1", "1"))
		assert.Equal(t, []State{Exported}, states(t, l, "1"))
	})
}

func TestSeveralAreForgottenTogetherOrNotAtAll(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2")...)
		_, err := l.Begin(t.Context(), Export{}, slices.Values(items("1", "3")))
		require.NoError(t, err)
		var numbers []int64
		for _, r := range find(t, l, "1", "2", "3") {
			numbers = append(numbers, r.RowID)
		}
		assert.Equal(t, CodeState, code(t, l.Forget(t.Context(), numbers...)), "the third is on its way")
		assert.Equal(t, CodeState, code(t, l.Erase(t.Context(), numbers...)))
		assert.Equal(t, []State{Exported, Exported, Writing}, states(t, l, "1", "2", "3"))
		require.NoError(t, l.Forget(t.Context(), numbers[:2]...))
		assert.Equal(t, []State{New, New, Writing}, states(t, l, "1", "2", "3"))
	})
}

func TestErase(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		const secret = "Josefa4711"
		private := item(secret, "1")
		private.Content, private.Document = "content digest", "document digest"
		id, err := l.Begin(t.Context(), Export{Path: "/out/" + secret + ".xph", Digest: "file digest", Pack: "p"}, slices.Values([]Item{private}))
		require.NoError(t, err)
		require.NoError(t, l.Placed(t.Context(), id))
		settle(t, l, Answer{Item: private.ID, State: Accepted, PohodaNumber: "26OP0001", Notes: []string{secret + " was changed"}, Proof: "proof digest"})
		record := find(t, l, secret)[0]
		payment := paid("OP-"+secret, "0")
		payment.Record = record.RowID
		_, err = l.Pay(t.Context(), []Payment{payment})
		require.NoError(t, err)
		renamed := private
		renamed.Code, renamed.Again = "new code of "+secret, true
		export(t, l, renamed, item("2", "1"))

		require.NoError(t, l.Erase(t.Context(), record.RowID))
		require.NoError(t, l.Erase(t.Context(), record.RowID), "twice is as good as once")

		known := find(t, l, secret)[0]
		require.Equal(t, record.RowID, known.RowID, "by its digest it is known again")
		assert.Equal(t, Exported, known.State)
		assert.Equal(t, "content digest", known.Sent)
		story, err := l.History(t.Context(), record.RowID)
		require.NoError(t, err)
		assert.Equal(t, EventErased, story.Events[len(story.Events)-1].Kind)
		assert.Equal(t, "document digest", story.Exports[0].Document)
		assert.Equal(t, "file digest", story.Exports[0].Digest)
		assert.Equal(t, "/out/orders.xml", story.Exports[1].Path, "a file that holds others too keeps its name")
		_, err = l.Begin(t.Context(), Export{}, slices.Values([]Item{item(secret, "2")}))
		assert.Equal(t, CodeTransferred, code(t, err))
		_, err = l.See(t.Context(), slices.Values([]Observation{{Key: key(secret), Code: "OP-" + secret, Content: "another"}}))
		require.NoError(t, err)
		assert.Empty(t, find(t, l, secret)[0].Code, "what was erased does not come back")
		late := settle(t, l,
			Answer{Item: private.ID, Pack: "raynet:firm", State: Refused, Notes: []string{secret + " is wrong"}},
			Answer{Item: private.ID, Pack: "raynet:firm", State: Accepted, PohodaID: 7, Before: true, Notes: []string{secret + " is there"}})
		assert.True(t, late[0].Changed && late[1].Changed, "an answer finds it by its digest, too")

		require.NoError(t, l.Close())
		if l.dialect.driver == "sqlite" {
			files, err := filepath.Glob(place + "*")
			require.NoError(t, err)
			for _, file := range files {
				content, err := os.ReadFile(file)
				require.NoError(t, err)
				assert.False(t, bytes.Contains(content, []byte(secret)), "%s still holds it", file)
			}
		}
		l = open(t, place)
		assert.Equal(t, []State{Accepted}, states(t, l, secret), "another run knows it, too")
		for _, table := range []string{"records", "items", "exports", "payments", "events"} {
			if l.dialect.driver == "pgx" {
				assert.Zero(t, count(t, l, `SELECT count(*) FROM `+table+` x WHERE CAST(x AS text) LIKE '%`+secret+`%'`), table)
			}
		}
	})
}
