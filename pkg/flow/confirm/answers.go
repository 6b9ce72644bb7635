package confirm

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
)

// The codes of POHODA's answers.
var (
	// CodeAnswersNone: a file holds no answers.
	CodeAnswersNone = diag.Warning.Code("answers-none")
	// CodeAnswerRefused: POHODA refused a document, as {notes} say.
	CodeAnswerRefused = diag.Refused.Code("answer-refused", "notes")
	// CodeAnswerAltered: POHODA took a document and altered it, as {notes} say.
	CodeAnswerAltered = diag.Warning.Code("answer-altered", "notes")
	// CodeAnswerDuplicate: POHODA has the document from an earlier import, which
	// {notes} name.
	CodeAnswerDuplicate = diag.Note.Code("answer-duplicate", "notes")
	// CodeAnswerGone: POHODA had the document from an earlier import, and it was
	// deleted since.
	CodeAnswerGone = diag.Warning.Code("answer-gone", "notes")
	// CodeAnswerUnclear: an answer says neither that POHODA has a document nor that
	// it refused it.
	CodeAnswerUnclear = diag.Refused.Code("answer-unclear", "notes")
)

// answers are the answers of a file.
type answers struct {
	*confirmation
	pack *pack.AnswerPack
	list []pack.Answer
}

// readAnswers reads POHODA's answers to a pack.
func (c *confirmation) readAnswers(ctx context.Context, r io.Reader) (toSettle, error) {
	a := &answers{confirmation: c}
	var told diag.List
	file, err := pack.Answers(r, c.File, func(_ *pack.AnswerPack, answer *pack.Answer) error {
		if documents := imports(answer); len(documents) > 1 {
			told.Add(diag.New(CodeSeveralInPohoda, "numbers", strings.Join(documents, ", ")).WithRecord(answer.Item).WithPosition(answer.At))
			return nil
		}
		a.list = append(a.list, *answer)
		return ctx.Err()
	}, func(issue *diag.Issue) { told.Add(issue) })
	if a.pack = file; file != nil {
		if other := flow.OtherUnit(c.Config.Unit, c.File, file.ICO, file.Key); other != nil {
			return nil, other
		}
	}
	var refused *diag.Issue
	if errors.As(err, &refused) && refused.Code == pack.CodePackRefused {
		c.refused(refused)
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	for _, issue := range told {
		c.tell(issue)
	}
	if file.Items == 0 {
		c.tell(diag.Warn(CodeAnswersNone).WithValue(c.File))
	}
	return a, nil
}

// imports are the documents that POHODA names for an item that it had already.
func imports(answer *pack.Answer) []string {
	var documents []string
	ids := map[int64]bool{}
	for _, d := range answer.Duplicities {
		if d.ID != 0 && !ids[d.ID] {
			ids[d.ID] = true
			documents = append(documents, flow.PohodaDocument{ID: d.ID, Number: d.Number}.String())
		}
	}
	return documents
}

// stateOf is where an outcome takes a record.
var stateOf = map[pack.Outcome]ledger.State{
	pack.Taken: ledger.Accepted, pack.Altered: ledger.AcceptedChanged, pack.Duplicate: ledger.Accepted,
	pack.Refused: ledger.Refused, pack.Gone: ledger.Cancelled, pack.Unclear: ledger.Unknown,
}

// settle takes the answers into the ledger. It knows no items that delete what
// others replace; those are found by the others.
func (a *answers) settle(ctx context.Context) error {
	all := make([]ledger.Answer, len(a.list))
	for n := range a.list {
		all[n] = a.ledgerAnswer(&a.list[n])
	}
	settled, err := a.Ledger.Settle(ctx, all)
	if err != nil {
		return err
	}
	unknown := map[string]*pack.Answer{}
	for n := range settled {
		if s := &settled[n]; s.Issue != nil && s.Issue.Code == ledger.CodeItemUnknown {
			unknown[s.Item] = &a.list[n]
		}
	}
	for n := range settled {
		s, answer := &settled[n], &a.list[n]
		switch {
		case unknown[s.Item] != nil:
			continue
		case s.Issue != nil:
			a.untaken(s, answer.At)
		default:
			a.settled(s)
			a.remark(s, answer)
		}
		if err := a.deletion(ctx, s, unknown); err != nil {
			return err
		}
	}
	for n := range settled {
		if s := &settled[n]; unknown[s.Item] != nil {
			a.untaken(s, a.list[n].At)
		}
	}
	return nil
}

func (a *answers) ledgerAnswer(answer *pack.Answer) ledger.Answer {
	l := ledger.Answer{
		Item: answer.Item, Pack: a.pack.ID, State: stateOf[answer.Outcome()], PohodaID: answer.ID, PohodaNumber: answer.Number,
		Notes: answer.Notes(), By: ledger.ByResponse, Proof: a.proof,
	}
	for _, d := range answer.Duplicities {
		if d.ID != 0 {
			l.PohodaID, l.PohodaNumber, l.Before = d.ID, d.Number, true
		}
	}
	if l.State == ledger.Refused && len(l.Notes) == 0 && a.pack.Note != "" {
		l.Notes = []string{a.pack.Note}
	}
	return l
}

// remark says what a state alone does not say, unless something newer was said
// since.
func (a *answers) remark(s *ledger.Settled, answer *pack.Answer) {
	if !s.Changed && s.From != s.State {
		return
	}
	if s.OtherID != 0 {
		numbers := flow.PohodaDocument{ID: s.OtherID, Number: s.OtherNumber}.String() + ", " + flow.PohodaDocument{ID: s.PohodaID, Number: s.PohodaNumber}.String()
		a.tell(diag.New(CodeSeveralInPohoda, "numbers", numbers).WithRecord(flow.RecordOf(&s.Record)).WithPosition(answer.At))
	}
	about := func(issue *diag.Issue) *diag.Issue {
		issue.Args = diag.Args{"notes": strings.Join(s.Notes, "; ")}
		return issue.WithRecord(flow.RecordOf(&s.Record)).WithPosition(answer.At)
	}
	switch answer.Outcome() {
	case pack.Altered:
		a.tell(about(diag.Warn(CodeAnswerAltered)))
	case pack.Refused:
		a.refused(about(diag.New(CodeAnswerRefused)))
	case pack.Duplicate:
		a.tell(about(diag.Notice(CodeAnswerDuplicate)))
	case pack.Gone:
		a.tell(about(diag.Warn(CodeAnswerGone)))
	case pack.Unclear:
		a.tell(about(diag.New(CodeAnswerUnclear)))
	}
}
