// Package confirm tells the ledger what POHODA did with exported documents: from its
// answers, from an export of its orders, or from a person.
package confirm

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
)

// Confirm takes into the ledger what became of exported documents in POHODA.
type Confirm struct {
	Config *config.Config
	Ledger *flow.Ledger
	// Files are POHODA's answers (responsePack), or orders that it exported.
	Files []string
	Stdin io.Reader
	// ByHand is a person's word; it takes the place of Files.
	ByHand *ByHand
	// Tell gets every finding, Settled every record of which something was said.
	Tell    func(*diag.Issue)
	Settled func(*Confirmed)
}

// Confirmed is a record of which something was said.
type Confirmed struct {
	File   string `json:"file,omitzero"`
	Record string `json:"record"`
	ledger.Key
	Item string `json:"item,omitzero"`
	// From is its state before, State the one after.
	From  ledger.State `json:"from"`
	State ledger.State `json:"state"`
	// Changed is false for what was known.
	Changed      bool     `json:"changed"`
	PohodaID     int64    `json:"pohodaId,omitzero"`
	PohodaNumber string   `json:"pohodaNumber,omitzero"`
	Notes        []string `json:"notes,omitempty"`
}

// ConfirmedFile is what came of a file.
type ConfirmedFile struct {
	File string `json:"file"`
	// Settled counts records that have another state or number now, Known those of
	// which nothing new was said.
	Settled int `json:"settled"`
	Known   int `json:"known"`
	// Refused counts what POHODA refused, Untaken what could not be taken, and
	// Elsewhere orders of POHODA that are none of the ledger's.
	Refused   int `json:"refused"`
	Untaken   int `json:"untaken"`
	Elsewhere int `json:"elsewhere"`
}

// Report is what came of it.
type Report struct {
	Files []ConfirmedFile
	// Unread are the files that could not be read.
	Unread diag.List
}

// Run takes the files one after another, each wholly or, where it cannot be read,
// not at all; one does not hide the others.
func (c *Confirm) Run(ctx context.Context) (*Report, error) {
	report := &Report{Files: []ConfirmedFile{}}
	if c.ByHand != nil {
		run := &confirmation{Confirm: c}
		err := run.byHand(ctx)
		report.Files = append(report.Files, run.ConfirmedFile)
		return report, err
	}
	for _, file := range c.Files {
		run := &confirmation{Confirm: c, ConfirmedFile: ConfirmedFile{File: file}}
		answers, err := run.read(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return report, ctx.Err()
			}
			report.Unread.Add(flow.ReadError(file, err))
			continue
		}
		if err := c.Ledger.Step("confirm.read"); err != nil {
			return report, err
		}
		err = answers.settle(ctx)
		report.Files = append(report.Files, run.ConfirmedFile)
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

// confirmation is a file that is taken.
type confirmation struct {
	*Confirm
	ConfirmedFile
	// proof is the digest of the file.
	proof string
	unit  flow.FileUnit
}

// toSettle is what a file says, read to its end.
type toSettle interface {
	settle(ctx context.Context) error
}

// headSize is how much of a file tells what it holds: the names of POHODA's
// namespaces alone are some thousands of bytes.
const headSize = 64 << 10

// read reads a file of answers or of orders.
func (c *confirmation) read(ctx context.Context) (toSettle, error) {
	file, err := flow.OpenUnit(c.Config, c.File, c.Stdin)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c.unit = file.Unit
	hash := sha256.New()
	r := bufio.NewReaderSize(io.TeeReader(file, hash), headSize)
	head, err := r.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	read := c.readAnswers
	if pack.HoldsDocuments(bytes.NewReader(head)) {
		read = c.readOrders
	}
	all, err := read(ctx, r)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	c.proof = hex.EncodeToString(hash.Sum(nil))
	return all, err
}

// tell counts what could not be taken.
func (c *confirmation) tell(issue *diag.Issue) {
	if issue.Severity == diag.Error {
		c.Untaken++
	}
	c.found(issue)
}

// refused counts what POHODA refused.
func (c *confirmation) refused(issue *diag.Issue) {
	c.Refused++
	c.found(issue)
}

func (c *confirmation) found(issue *diag.Issue) {
	if issue.At.File == "" {
		issue.At.File = c.File
	}
	c.Tell(issue)
}

// take settles answers of which nothing more is to be said.
func (c *confirmation) take(ctx context.Context, answers []ledger.Answer) error {
	settled, err := c.Ledger.Settle(ctx, answers)
	if err != nil {
		return err
	}
	for n := range settled {
		if s := &settled[n]; s.Issue != nil {
			c.untaken(s, diag.Position{})
		} else {
			c.settled(s)
		}
	}
	return nil
}

// settled counts an answer that the ledger has taken, and hands it over.
func (c *confirmation) settled(s *ledger.Settled) {
	state, id, number := s.State, s.PohodaID, s.PohodaNumber
	if id == 0 && number == "" && (s.From.InPohoda() || s.State.InPohoda()) {
		id, number = s.Record.PohodaID, s.Record.PohodaNumber
	}
	if s.Changed {
		c.ConfirmedFile.Settled++
	} else {
		c.Known++
		state = s.From
	}
	c.Confirm.Settled(&Confirmed{
		File: c.File, Record: flow.RecordOf(&s.Record), Key: s.Record.Key, Item: s.Item, From: s.From, State: state, Changed: s.Changed,
		PohodaID: id, PohodaNumber: number, Notes: s.Notes,
	})
}

// untaken tells why the ledger has not taken an answer; one that it has taken
// before is known.
func (c *confirmation) untaken(s *ledger.Settled, at diag.Position) {
	if s.Issue.Severity != diag.Error {
		c.Known++
	}
	if s.Record.Known() {
		s.Issue.Record = flow.RecordOf(&s.Record)
	}
	c.tell(s.Issue.WithPosition(at))
}
