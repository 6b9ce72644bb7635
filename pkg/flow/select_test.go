package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

func TestSelectionConcerns(t *testing.T) {
	record := func(id, number string, kind trade.Kind) *trade.Record {
		return &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: kind, Source: trade.Source{ID: id}}, Number: number}}
	}
	unreadable, product := &trade.Record{}, &trade.Record{Of: &trade.ProductRecord{Head: trade.Head{Kind: trade.Product}}}
	dealAndOrder := []trade.Kind{trade.Deal, trade.Order}
	for _, c := range []struct {
		name   string
		s      Selection
		record *trade.Record
		want   bool
	}{
		{"all", Selection{}, record("1", "A", trade.Deal), true},
		{"its kind", Selection{Kinds: dealAndOrder}, record("1", "A", trade.Order), true},
		{"another kind", Selection{Kinds: dealAndOrder}, record("1", "A", trade.Offer), false},
		{"no document", Selection{Kinds: dealAndOrder}, product, false},
		{"what cannot be read may be one", Selection{Kinds: dealAndOrder}, unreadable, true},
		{"its id", Selection{IDs: []string{"9", "1"}}, record("1", "A", trade.Deal), true},
		{"its code", Selection{IDs: []string{"9", "A"}}, record("1", "A", trade.Deal), true},
		{"neither", Selection{IDs: []string{"9", "a"}}, record("1", "A", trade.Deal), false},
		{"what cannot be read is not the one", Selection{IDs: []string{"1"}}, unreadable, false},
		{"no code is no name", Selection{IDs: []string{""}}, record("1", "", trade.Deal), false},
		{"its id but not its kind", Selection{IDs: []string{"1"}, Kinds: dealAndOrder}, record("1", "A", trade.Offer), false},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, c.s.Concerns(c.record)) })
	}
}

func TestSelectionByState(t *testing.T) {
	states := config.States{
		Won: []string{"E_WIN", "Výhra", "17"}, InProgress: []string{"Vyřizuje se"}, Lost: []string{"Prohra"}, Draft: []string{"Návrh"},
	}
	status := func(phase trade.Phase, name, id string) trade.Status {
		return trade.Status{Phase: phase, Name: name, ID: id}
	}
	for _, c := range []struct {
		name   string
		asked  string
		status trade.Status
		want   bool
	}{
		{"the phase that the source says", "won", status(trade.Won, "", ""), true},
		{"another phase", "won", status(trade.Open, "", ""), false},
		{"a name that the house knows", "won", status("", "E_WIN", ""), true},
		{"in another case", "won", status("", "výhra", ""), true},
		{"an id that the house knows", "won", status("", "", "17"), true},
		{"the house knows it better than the source", "won", status(trade.Open, "Výhra", ""), true},
		{"and takes it out of the other phase", "open", status(trade.Open, "Výhra", ""), false},
		{"two words", "in-progress", status("", "Vyřizuje se", ""), true},
		{"two words as in the file", "in_progress", status("", "Vyřizuje se", ""), true},
		{"a phase in capitals", "Won", status(trade.Won, "", ""), true},
		{"a phase in capitals, by a name that the house knows", "WON", status("", "E_WIN", ""), true},
		{"a phase in capitals, two words", "In_Progress", status("", "Vyřizuje se", ""), true},
		{"a phase in capitals, which is the source's own word", "Won", status(trade.Open, "Won", ""), true},
		{"another phase in capitals", "Won", status(trade.Open, "", ""), false},
		{"the source's own word", "E_WIN", status("", "E_WIN", ""), true},
		{"the source's own word, with a blank", "Vyřizuje se", status("", "vyřizuje se", ""), true},
		{"the source's own id", "99", status("", "x", "99"), true},
		{"no word of the source", "E_LOST", status("", "E_WIN", ""), false},
		{"no state at all", "won", status("", "", ""), false},
		{"no state at all, asked by a word", "E_WIN", status("", "", ""), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Selection{Status: c.asked}
			taken, issue := s.takes(&trade.Record{Of: &trade.Document{Head: trade.Head{Status: c.status}}}, states)
			assert.Equal(t, c.want, taken)
			assert.Nil(t, issue)
		})
	}
}

func TestStateInTwoPhasesIsAlwaysTheSame(t *testing.T) {
	states := config.States{Won: []string{"Hotovo"}, Done: []string{"Hotovo"}, Cancelled: []string{"Hotovo"}}
	first := Phase(trade.Status{Name: "Hotovo"}, states)
	for range 100 {
		assert.Equal(t, first, Phase(trade.Status{Name: "Hotovo"}, states))
	}
	for _, asked := range []string{"won", "done", "cancelled"} {
		assert.True(t, inState(trade.Status{Name: "Hotovo"}, asked, states), asked)
	}
}

func TestSelectionSince(t *testing.T) {
	since := trade.NewDate(2026, time.March, 16)
	for _, c := range []struct {
		name, updated, issued string
		want                  bool
	}{
		{"changed on that day", "2026-03-16T00:00:00+01:00", "", true},
		{"changed late on that day, wherever that is", "2026-03-16T23:59:59-11:00", "", true},
		{"changed on the day before", "2026-03-15T23:59:59+01:00", "", false},
		{"changed later, issued before", "2026-03-17 08:00", "2026-01-02", true},
		{"changed before, issued later", "2026-03-01", "2026-03-20", false},
		{"never changed, issued on that day", "", "2026-03-16", true},
		{"never changed, issued before", "", "2026-03-15", false},
		{"nobody knows when", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := &trade.Document{}
			var err error
			if c.updated != "" {
				doc.Source.UpdatedAt, err = trade.ParseTime(c.updated)
				require.NoError(t, err)
			}
			if c.issued != "" {
				doc.IssueDate, err = trade.ParseDate(c.issued)
				require.NoError(t, err)
			}
			s := Selection{Since: since}
			taken, issue := s.takes(&trade.Record{Of: doc}, config.States{})
			assert.Equal(t, c.want, taken)
			assert.Nil(t, issue)
		})
	}
}

func TestSelectionOf(t *testing.T) {
	dealAndOrder := []trade.Kind{trade.Deal, trade.Order}
	for _, c := range []struct {
		name, noun, where, since string
		ids                      []string
		kinds                    []trade.Kind
		code                     diag.Code
	}{
		{name: "one", noun: "deal", ids: []string{"1"}, kinds: dealAndOrder},
		{name: "several", noun: "order", ids: []string{"1", "2"}, kinds: dealAndOrder},
		{name: "all", noun: "deals", kinds: dealAndOrder},
		{name: "offers", noun: "offers", kinds: []trade.Kind{trade.Offer}},
		{name: "none named", noun: "deal", code: CodeMissingID},
		{name: "one of all", noun: "deals", ids: []string{"1"}, code: CodeIDOfMany},
		{name: "what nobody knows", noun: "dael", ids: []string{"1"}, code: CodeUnknownNoun},
		{name: "nothing", noun: "", code: CodeUnknownNoun},
		{name: "since a day", noun: "deals", since: "2026-03-16", kinds: dealAndOrder},
		{name: "since no day", noun: "deals", since: "16.3.2026", code: CodeBadSince},
		{name: "since a day that is none", noun: "deals", since: "2026-02-30", code: CodeBadSince},
		{name: "on a condition", noun: "deals", where: `number == "A"`, kinds: dealAndOrder},
		{name: "on no condition", noun: "deals", where: `number ==`, code: "where-wrong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := SelectionOf(c.noun, c.ids, c.where, c.since)
			if c.code != "" {
				require.Error(t, err)
				assert.Equal(t, c.code, diag.As(err).Code)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.kinds, s.Kinds)
			assert.Equal(t, c.ids, s.IDs)
			assert.Equal(t, c.since, s.Since.String())
			assert.Equal(t, c.where != "", s.Where != nil)
		})
	}
}
