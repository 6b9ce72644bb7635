package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tell is the story of a trial: an office works for a while, with deaths; in the
// end it puts everything in order, and every deal is in POHODA once.
func (x *trial) tell() {
	for range 3 + x.rng.IntN(6) {
		x.add()
	}
	x.save()
	if x.rng.IntN(4) == 0 {
		x.begin()
	}
	for range 3 + x.rng.IntN(4) {
		chapters[x.rng.IntN(len(chapters))](x)
		if x.rng.IntN(2) == 0 {
			x.each((*world).importAll)
		}
		x.count(false)
	}
	x.settle()
}

// begin declares that POHODA has the deals already.
func (x *trial) begin() {
	for _, d := range x.deals {
		d.entered = true
		x.each(func(w *world) { w.books.enter(d) })
	}
	x.do(nothing, "ledger", "baseline", "--from", "DIR/deals.ndjson")
}

// chapters are what may happen; what happens often stands here often.
var chapters = []func(*trial){
	(*trial).exportNew, (*trial).exportNew, (*trial).exportNew, (*trial).exportFile, (*trial).exportOne, (*trial).exportAgain, (*trial).exportAgain,
	(*trial).exportStream, (*trial).exportGood,
	(*trial).replace, (*trial).replace, (*trial).replaceOne,
	(*trial).confirm, (*trial).confirm, (*trial).confirm, (*trial).confirmByOrders, (*trial).confirmByHand,
	(*trial).pay, (*trial).pay, (*trial).payNews,
	(*trial).forget, (*trial).erase,
}

func nothing(*world) {}

// orImport is an accountant who does not wait for the next run: what is in place
// is imported. Where files wait already it is not said which version of a deal
// comes first, so there nobody hurries.
func (x *trial) orImport() func(*world) {
	if x.rng.IntN(2) > 0 || !x.twin.allImported() || !x.killed.allImported() {
		return nothing
	}
	return (*world).importAll
}

// news lets some deals change and others come, or none.
func (x *trial) news() {
	for range x.rng.IntN(3) {
		if x.rng.IntN(3) == 0 {
			x.add()
			continue
		}
		for _, d := range x.some() {
			x.change(d)
		}
	}
	x.save()
}

func (x *trial) any() *deal { return x.deals[x.rng.IntN(len(x.deals))] }

// export exports, and the accountant may be quick.
func (x *trial) export(args ...string) {
	x.do(x.orImport(), append([]string{"export"}, args...)...)
}

func (x *trial) exportNew() {
	x.news()
	x.export("deals", "--from", "DIR/deals.ndjson", "--new", "-o", "DIR/out/")
}

func (x *trial) exportFile() {
	x.news()
	x.files++
	x.export("deals", "--from", "DIR/deals.ndjson", "--new", "-o", fmt.Sprintf("DIR/out/%d.xml", x.files))
}

func (x *trial) exportOne() {
	x.export("deal", x.any().code(), "--from", "DIR/deals.ndjson", "-o", "DIR/out/")
}

// exportStream exports to the standard output, of which a shell makes a file. One
// of the processes has given all of it.
func (x *trial) exportStream() {
	x.news()
	content := x.do(nothing, "export", "deals", "--from", "DIR/deals.ndjson", "--new").stdout
	if content == "" {
		return
	}
	assert.Contains(x, x.given, content)
	x.files++
	x.each(func(w *world) { w.write(fmt.Sprintf("out/%d.xml", x.files), content) })
}

// exportGood exports although the tool refuses some deals, which are corrected
// later.
func (x *trial) exportGood() {
	x.news()
	x.add()
	for _, d := range append(x.some(), x.deals[len(x.deals)-1]) {
		d.faulty = true
	}
	x.save()
	x.files++
	x.export("deals", "--from", "DIR/deals.ndjson", "--new", "--skip-invalid", "--rejects", fmt.Sprintf("DIR/refused-%d.ndjson", x.files),
		"-o", fmt.Sprintf("DIR/out/%d.xml", x.files))
	for _, d := range x.deals {
		d.faulty = false
	}
	x.save()
}

// exportAgain sends what has changed once more under its own id. If POHODA has
// the deal, it keeps what it has.
func (x *trial) exportAgain() {
	x.news()
	for _, d := range x.deals {
		d.muddled = true
	}
	x.export("deals", "--from", "DIR/deals.ndjson", "--new", "--again", "-o", "DIR/out/")
}

// replace lets what has changed take the place of what POHODA has.
func (x *trial) replace() {
	x.news()
	x.export("deals", "--from", "DIR/deals.ndjson", "--new", "--replace", "-o", "DIR/out/")
}

func (x *trial) replaceOne() {
	d := x.any()
	x.change(d)
	x.save()
	x.export("deal", d.code(), "--from", "DIR/deals.ndjson", "--replace", "-o", "DIR/out/")
}

// confirm takes POHODA's answers: those that were not taken, the first of them, or
// all that there ever were.
func (x *trial) confirm() {
	require.Equal(x, x.twin.answers, x.killed.answers)
	from, until := x.confirmed, len(x.twin.answers)
	switch x.rng.IntN(4) {
	case 0:
		from = 0
	case 1:
		until = min(from+1, until)
	}
	if from == until {
		return
	}
	x.do(nothing, x.confirming(from, until)...)
	x.confirmed = until
}

// confirming is the command that takes some answers.
func (x *trial) confirming(from, until int) []string {
	args := []string{"ledger", "confirm"}
	for _, name := range x.twin.answers[from:until] {
		args = append(args, here+name)
	}
	return args
}

// confirmByOrders takes what the list of POHODA's orders says.
func (x *trial) confirmByOrders() {
	x.each(func(w *world) { w.write("orders.xml", w.books.list()) })
	x.do(nothing, "ledger", "confirm", "DIR/orders.xml")
}

// confirmByHand takes the word of a person who has looked.
func (x *trial) confirmByHand() {
	d := x.any()
	if living := x.twin.books.living()[d.code()]; len(living) > 0 {
		x.do(nothing, "ledger", "confirm", "--by-hand", d.code(), living[0].name())
	}
}

// pay marks what POHODA's list of invoices says in the ledger and in a file of
// the CRM, in its place.
func (x *trial) pay() {
	x.invoice()
	x.each(func(w *world) { w.write("crm.ndjson", string(w.read("deals.ndjson"))) })
	x.do(nothing, "paid", "DIR/invoices.csv", "--orders", "DIR/crm.ndjson", "--mark", "--to", "DIR/crm.ndjson")
}

// payNews asks for the payments that are new. They may be told twice, and are
// told once.
func (x *trial) payNews() {
	x.invoice()
	news := x.do(nothing, "paid", "DIR/invoices.csv", "--new").stdout
	told := strings.Join(x.given, "")
	for line := range strings.Lines(news) {
		assert.Contains(x, told, strings.ReplaceAll(line, x.twin.dir, x.killed.dir))
	}
}

// invoice lets POHODA make invoices of some orders, or get money for them, and
// list them.
func (x *trial) invoice() {
	var list strings.Builder
	list.WriteString("Číslo;Datum;Občj;Celkem;K likvidaci\n")
	for _, d := range x.deals {
		if d.total == 0 && x.rng.IntN(3) > 0 {
			d.total = 1210 * d.version
			d.due = d.total
		}
		d.due -= min(d.due, x.rng.IntN(3)*d.total/2)
		if d.total > 0 {
			fmt.Fprintf(&list, "2601%04d;2.3.2026;%s;%d,00;%d,00\n", d.id, d.code(), d.total, d.due)
		}
	}
	x.each(func(w *world) { w.write("invoices.csv", list.String()) })
}

// forget lets a deal count as new; if POHODA has it, it keeps what it has. Of one
// that was never in a pack POHODA's check of duplicates knows nothing.
func (x *trial) forget() {
	if d := x.any(); !d.entered {
		d.muddled = true
		x.do(nothing, "ledger", "forget", d.code(), "--yes")
	}
}

func (x *trial) erase() {
	d := x.any()
	d.muddled = true
	x.do(nothing, "ledger", "forget", "--erase", d.code(), "--yes")
}

// settle brings everything to its end, in peace.
func (x *trial) settle() {
	x.confirmAll()
	x.each(func(w *world) { w.write("orders.xml", w.books.list()) })
	x.inPeace("ledger", "confirm", "DIR/orders.xml")
	for _, d := range x.deals {
		if d.word == refusedWord {
			d.version++
			d.word = ""
		}
	}
	x.save()
	x.inPeace("export", "deals", "--from", "DIR/deals.ndjson", "--new", "-o", "DIR/out/")
	x.confirmAll()
	x.inPeace("export", "deals", "--from", "DIR/deals.ndjson", "--new", "--replace", "-o", "DIR/out/")
	x.confirmAll()
	x.invoice()
	x.inPeace("paid", "DIR/invoices.csv", "--orders", "DIR/deals.ndjson", "--mark", "--to", "DIR/deals.ndjson")
	x.checkBoth(nil)
	x.sameFiles()
	x.count(true)
	for _, name := range x.killed.forPohoda() {
		x.mustEnd("validate", here+name)
	}
	if !slices.ContainsFunc(x.deals, func(d *deal) bool { return d.muddled }) {
		x.each(func(w *world) { w.write("orders.xml", w.books.list()) })
		x.mustEnd("ledger", "reconcile", "--orders", "DIR/orders.xml", "--from", "DIR/deals.ndjson")
	}
}

// mustEnd runs a command that has nothing to complain of.
func (x *trial) mustEnd(args ...string) {
	x.Helper()
	got, _ := x.killed.run(args...)
	assert.Equal(x, exitDone, got.code, got)
}

// confirmAll lets POHODA read everything, and the ledger all its answers.
func (x *trial) confirmAll() {
	x.each((*world).importAll)
	if all := len(x.twin.answers); x.confirmed < all {
		x.inPeace(x.confirming(x.confirmed, all)...)
		x.confirmed = all
	}
}
