package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// trial is two worlds in which the same happens: in one of them, runs are killed
// and run again; the other one is never disturbed, and says how it should end.
type trial struct {
	*testing.T
	// rng tells the story, fate the deaths: of those not even the seed says all, since
	// some come at a moment and not at a step.
	rng, fate *rand.Rand
	killed    *world
	twin      *world
	deals     []*deal
	// files counts the files that were named, confirmed the answers that were taken.
	files, confirmed int
	tally            *tally
	// given are the standard outputs of the processes of the last command.
	given []string
}

// tally sums up all trials.
type tally struct{ commands, kills, lost, doubled atomic.Int64 }

// deal is a deal of the CRM.
type deal struct {
	id      int
	version int
	// word is what makes POHODA refuse or alter it.
	word string
	// faulty says that the tool refuses it.
	faulty bool
	// total is that of its invoice, due what is still to be paid of it.
	total, due int
	// muddled says that POHODA may keep an older version of it: the user sent it once
	// more under its own id, or had the ledger forget it.
	muddled bool
	// entered says that it was entered in POHODA by hand, before there was a ledger.
	entered bool
}

func (d *deal) code() string { return fmt.Sprintf("OP-26-%d", d.id) }

func (d *deal) text() string {
	return strings.TrimSpace(fmt.Sprintf("Zakázka %d, verze %d %s", d.id, d.version, d.word))
}

// What all deals have in common.
const (
	day      = "2026-03-02"
	customer = "Truhlárna Vzorová s.r.o."
	city     = "Brno"
	goods    = "Stůl"
	price    = 1000
)

// line is the deal in the CRM's file.
func (d *deal) line() string {
	rate := "21"
	if d.faulty {
		rate = "99"
	}
	text, err := json.Marshal(map[string]any{
		"kind": "deal", "number": d.code(), "title": d.text(), "issueDate": day, "currency": "CZK",
		"source":   map[string]any{"system": "raynet", "instance": "ukazka", "id": fmt.Sprint(d.id), "updatedAt": fmt.Sprintf("2026-03-02T10:%02d:00Z", d.id+d.version)},
		"status":   map[string]any{"phase": "won"},
		"customer": map[string]any{"name": customer, "address": map[string]any{"city": city}},
		"lines":    []any{map[string]any{"name": goods, "quantity": fmt.Sprint(d.version), "unitPrice": fmt.Sprint(price), "vatRate": rate}},
	})
	if err != nil {
		panic(err)
	}
	return string(text) + "\n"
}

// change makes another version of a deal.
func (x *trial) change(d *deal) {
	d.version++
	switch d.word = ""; x.rng.IntN(6) {
	case 0:
		d.word = refusedWord
	case 1:
		d.word = alteredWord
	}
}

// add adds a deal.
func (x *trial) add() {
	d := &deal{id: len(x.deals) + 1}
	x.change(d)
	x.deals = append(x.deals, d)
}

// some picks one or more deals.
func (x *trial) some() []*deal {
	picked := slices.Clone(x.deals)
	x.rng.Shuffle(len(picked), func(a, b int) { picked[a], picked[b] = picked[b], picked[a] })
	return picked[:1+x.rng.IntN(min(3, len(picked)))]
}

// save writes the deals into both worlds.
func (x *trial) save() {
	var all strings.Builder
	for _, d := range x.deals {
		all.WriteString(d.line())
	}
	for _, w := range []*world{x.twin, x.killed} {
		w.write("deals.ndjson", all.String())
	}
}

// do runs a command in both worlds. In one of them its process is killed at a
// step, and so may be the next one, which has to mend that; then it runs to its
// end, and both worlds have to be the same again. after is what happens next, in
// the one world perhaps too early: between the death and the next run.
func (x *trial) do(after func(*world), args ...string) (twin ran) {
	x.Helper()
	twin, steps := x.twin.run(args...)
	x.Logf("%s: %d steps, exit %d", strings.Join(args, " "), len(steps), twin.code)
	require.NotEqual(x, exitFailed, twin.code, twin.stderr)
	last, placed := x.killAndRepeat(steps, after, args)
	assert.True(x, last.code == twin.code || mayEnd(twin.code, last.code, args), "%s\n%s", twin, last)
	x.checkBoth(placed)
	x.each(after)
	x.sameFiles()
	return twin
}

// inPeace runs a command in both worlds, and nobody dies.
func (x *trial) inPeace(args ...string) {
	x.Helper()
	twin, _ := x.twin.run(args...)
	other, _ := x.killed.run(args...)
	x.Logf("%s: exit %d", strings.Join(args, " "), twin.code)
	require.NotEqual(x, exitFailed, twin.code, twin)
	assert.Equal(x, twin.code, other.code, "%s\n%s", twin, other)
}

// checkBoth looks at both ledgers, which have to say the same.
func (x *trial) checkBoth(placed []string) {
	x.Helper()
	assert.Equal(x, x.twin.checkDone(nil), x.killed.checkDone(placed))
}

// killAndRepeat runs a command until it comes to its end, and gives the exports
// whose files the killed processes had put in place.
func (x *trial) killAndRepeat(steps []string, after func(*world), args []string) (last ran, placed []string) {
	x.given = nil
	for attempt := 0; ; attempt++ {
		var d death
		if attempt == 0 || attempt < 4 && x.fate.IntN(3) == 0 {
			d = x.death(steps, attempt)
		}
		x.tally.commands.Add(1)
		last = x.killed.process(d, args...)
		x.given = append(x.given, last.stdout)
		x.Logf("  %s: exit %d", d, last.code)
		switch {
		case last.code < 0:
			x.tally.kills.Add(1)
			placed = append(placed, x.killed.checkKilled()...)
			if x.fate.IntN(2) == 0 {
				after(x.killed)
			}
		case attempt > 0 || d.step == "":
			return last, placed
		}
		// What came to its end is repeated all the same.
	}
}

// death is that of a process: the step before which it comes, by its name or its
// number, and for how long it waits there. Without a step it does not come.
type death struct {
	step  string
	delay time.Duration
}

func (d death) String() string {
	switch {
	case d.step == "":
		return "not killed"
	case d.delay > 0:
		return fmt.Sprintf("killed %v after step %s began", d.delay, d.step)
	}
	return "killed before step " + d.step
}

// death comes at any step, or a little later; a run after others has some steps
// more, to mend what they left. One time in two it comes where it leaves most
// behind: between two transactions, or between a transaction and a file.
func (x *trial) death(steps []string, attempt int) (d death) {
	d.step = strconv.Itoa(1 + x.fate.IntN(len(steps)+2*attempt+1))
	between := slices.DeleteFunc(slices.Clone(steps), func(step string) bool { return !isBetween(step) })
	if x.fate.IntN(2) == 0 && len(between) > 0 {
		d.step = between[x.fate.IntN(len(between))]
	}
	if x.fate.IntN(3) == 0 {
		d.delay = time.Duration(x.fate.IntN(3000)) * time.Microsecond
	}
	return d
}

// isBetween tells a step that is not inside a transaction.
func isBetween(step string) bool {
	of, what, _ := strings.Cut(step, ".")
	return of == "file" || of == "paid" || of == "confirm" || what == "committed" || what == "commit"
}

// mayEnd tells whether a command that has done its work may end otherwise when it
// is repeated: nobody can say that what is gone by that name was erased, and a
// refusal is no longer told when POHODA has taken the document since.
func mayEnd(first, again int, args []string) bool {
	erases, confirms := slices.Contains(args, "--erase"), slices.Contains(args, "confirm")
	return erases && again == exitRefused || confirms && first == exitInvalid && again == exitDone
}

// sameFiles holds the files of both worlds against each other.
func (x *trial) sameFiles() {
	x.Helper()
	want, got := x.twin.files(), x.killed.files()
	for name, content := range want {
		assert.Equal(x, string(content), string(got[name]), name)
		delete(got, name)
	}
	for name := range got {
		assert.Fail(x, "a file that should not be there", name)
	}
}

// each does something in both worlds.
func (x *trial) each(do func(*world)) {
	do(x.twin)
	do(x.killed)
}

// count counts the deals that are lost and doubled in POHODA.
func (x *trial) count(final bool) {
	x.Helper()
	living := x.killed.books.living()
	for _, d := range x.deals {
		switch n := len(living[d.code()]); {
		case n > 1:
			x.tally.doubled.Add(1)
			assert.Fail(x, "doubled", "%s: %d documents", d.code(), n)
		case n == 0 && final:
			x.tally.lost.Add(1)
			assert.Fail(x, "lost", d.code())
		}
	}
}
