package export

import (
	"cmp"
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// dataPack is POHODA's own format: dat:dataPack.
type dataPack struct {
	config   *config.Config
	settings *pohoda.Settings
	encoding charset.Encoding
	agendas  flow.BoundAgendas
	// declared is the agenda whose namespaces the root declares: the only one that the
	// run can write. Elsewhere each document declares its own.
	declared []*pohoda.Agenda
}

func newDataPack(c *config.Config, p *flow.Preparation, reachable []*pohoda.Agenda) *dataPack {
	d := &dataPack{config: c, settings: p.Settings, encoding: p.Encoding, agendas: p.Agendas}
	if len(reachable) == 1 {
		d.declared = reachable
	}
	return d
}

func (d *dataPack) shape() (single bool, indent int) { return false, 1 }

func (d *dataPack) encoder() encoder {
	proofs, arena := map[*pohoda.Agenda]*schemaCheck{}, &fieldtable.Arena{}
	return func(made *flow.Prepared, a *pohoda.Agenda, t pohoda.Target, o *recordResult) ([]*etree.Element, diag.List) {
		b, err := d.agendas.Of(a)
		if err != nil {
			return nil, diag.List{diag.As(err)}
		}
		if proofs[a] == nil {
			proofs[a] = newSchemaCheck(b.Schema)
		}
		arena.Reset()
		work := pohoda.Work{Record: made.Record, Totals: &made.Totals, Target: t, Set: d.settings, Arena: arena}
		el, issues := b.Codec.Encode(work)
		o.target, o.unsaid = t.Name, b.Codec.Unsaid(work)
		if d.declared == nil {
			pack.Declare(el, a.Prefixes())
		}
		if !issues.Refused() && !o.issues.Refused() {
			issues.Add(proofs[a].findings(el)...)
		}
		from, revision := made.From.Of.Header(), o.decision.revision
		o.pack, o.item = cmp.Or(d.config.Pack.ID, pack.ID(from.Source)), pack.ItemID(from, t, revision)
		items := []*etree.Element{pack.Item(o.item, el)}
		if old := o.decision.deletes; old != 0 {
			deletion := a.Delete(t, old)
			if d.declared == nil {
				pack.Declare(deletion, []string{a.Prefix})
			}
			issues.Add(proofs[a].findings(deletion)...)
			o.deletion = pack.DeletionID(from, t, revision)
			items = append([]*etree.Element{pack.Item(o.deletion, deletion)}, items...)
		}
		return items, issues
	}
}

func (d *dataPack) head(first *recordResult) []byte {
	e := pack.Pack{
		Unit: d.settings.Unit, ID: first.pack,
		Application: d.config.Pack.Application, Note: d.config.Pack.Note,
	}.Envelope(d.declared...)
	e.Encoding = d.encoding
	return d.encoding.AppendRef(nil, e.Head())
}

func (d *dataPack) tail() []byte { return pack.Pack{}.Envelope().Tail() }

func (d *dataPack) unit() string { return unitKey(d.settings.Unit) }

// unitKey names an accounting unit as the envelope does.
func unitKey(u pohoda.Unit) string { return u.ICO + "\x00" + u.Key }

// identify reads the unit and the id of a pack and the ids of its items.
func (d *dataPack) identify(r io.Reader, file string) (string, error) {
	var digest flow.Digest
	if err := pack.Items(r, file, func(p pack.Pack, item string) { digest.Add(unitKey(p.Unit), p.ID, item) }); err != nil {
		return "", err
	}
	return digest.String(), nil
}

// schemaCheck holds a document against its schema before a byte of it leaves. What it
// finds is a fault of this tool: the checks and the fit pass should have said it
// in the user's words.
type schemaCheck struct {
	session *xsd.Session
	found   diag.List
}

func newSchemaCheck(schema *xsd.Schema) *schemaCheck {
	p := &schemaCheck{}
	p.session = schema.NewSession(func(f xsd.Finding) {
		issue := f.Issue()
		p.found.Add(diag.New(CodeOwnFault, "finding", diag.English.Message(issue)).WithPath(f.Path).WithValue(f.Value))
	})
	return p
}

func (p *schemaCheck) findings(el *etree.Element) diag.List {
	p.found = nil
	p.session.Tree(el)
	return p.found
}
