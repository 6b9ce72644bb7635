package pohoda

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// documentOf is a document and what its rows need beside it.
type documentOf struct {
	doc     *trade.Document
	partner *trade.Party
	target  Target
	// targets are those that a document which is read may be.
	targets []Target
	set     *Settings
	foreign bool
	// totals are the computed sums, with the rate level of each line.
	totals *vat.Totals
	// sums are POHODA's own, as they were read.
	sums levelSums
	// headLinks and lineLinks are the documents to which this one and its lines are
	// tied, numberOrder is the order that an invoice names.
	headLinks, lineLinks []trade.Reference
	numberOrder          string
	// unsaid are fields with a value for which such a document has no place.
	unsaid []string
	// liquidation is what an invoice says of its payment.
	liquidation liquidation
}

// written is a record that becomes a document.
func written(w Work) *documentOf {
	doc := w.Record.Document()
	return &documentOf{
		doc: doc, partner: partnerFor(doc), target: w.Target, set: w.Set,
		totals: w.Totals, foreign: isForeign(doc, w.Set.Unit),
	}
}

// toRead is an empty document for an element. The lines come before the currency,
// so the summary is asked first.
func toRead(el *etree.Element, targets []Target, kind trade.Kind, s *Settings) *documentOf {
	return &documentOf{
		targets: targets,
		doc:     &trade.Document{Head: trade.Head{Kind: kind}, ShipTo: &trade.ShipTo{}}, partner: &trade.Party{}, set: s,
		foreign: el.FindElement(el.Tag+"Summary/foreignCurrency") != nil,
	}
}

// documentPlan is the field table of a document bound to a schema.
type documentPlan struct {
	*fieldtable.Plan[*documentOf]
	agenda   *Agenda
	kind     trade.Kind
	finished func(*documentOf)
}

func planDocument(a *Agenda, rows documentRows, kind trade.Kind, finished func(*documentOf), limits fieldtable.Limits) *documentPlan {
	return &documentPlan{fieldtable.Compile(rows, a.Tag(), limits), a, kind, finished}
}

// decode reads a document with what is known of it beside the record.
func (p *documentPlan) decode(el *etree.Element, s *Settings, r *fieldtable.Reader) *documentOf {
	o := toRead(el, p.agenda.Targets, p.kind, s)
	p.Decode(o, r, el)
	o.finish(r)
	if p.finished != nil {
		p.finished(o)
	}
	return o
}

// openDocument makes of the rows of an agenda of documents what writes and reads them:
// the kind that is read unless a row says another, and what is done after all rows were
// read, or nil.
func openDocument(rows documentRows, kind trade.Kind, finished func(*documentOf)) func(*Agenda, fieldtable.Limits) codec {
	return func(a *Agenda, limits fieldtable.Limits) codec {
		p := planDocument(a, rows, kind, finished, limits)
		return codec{
			encode: func(w Work, out *fieldtable.Writer) *etree.Element {
				o := written(w)
				el := &etree.Element{Space: a.Prefix, Tag: a.Element}
				p.Encode(o, out, el)
				out.Issues.Add(o.leftUnsaid())
				return el
			},
			codes: func(w Work, visit func(*fieldtable.UnitCode)) { p.VisitCodes(written(w), visit) },
			decode: func(el *etree.Element, s *Settings, r *fieldtable.Reader) (*trade.Record, Target) {
				o := p.decode(el, s, r)
				if o.target.Name == "" {
					o.target = a.targetOf(o.doc.Kind)
				}
				return &trade.Record{Of: o.doc}, o.target
			},
		}
	}
}

// documentRows are rows of documents. Sets that documents share stand here, by the
// agenda's prefix ("ord:"): an agenda adds its own, and leaves out by Without what it
// does not have. The schema orders them.
type documentRows = fieldtable.Table[*documentOf]

// documentParts are a document's head, items and summary, and what stands beside them. The
// elements have the document's name in theirs: ord:orderHeader, ord:orderDetail/ord:orderItem.
func documentParts(p, element string, header documentRows, line lineRows) documentRows {
	return slices.Concat(documentRows{
		constant[*documentOf]("@version", "2.0", "the version of the format"),
		fieldtable.Nest(p+element+"Header", "", "", header, whole[*documentOf]),
		fieldtable.Many(p+element+"Detail/"+p+element+"Item", "Položky", "lines", line, documentLines, nextLine),
		fieldtable.Unmapped[*documentOf](p+element+"Detail/"+p+"roundingItem", "", "POHODA gives it; the totals hold the rounding"),
		fieldtable.Nest(p+element+"Summary", "", "", documentSummary(p), whole[*documentOf]),
		fieldtable.Unmapped[*documentOf](p+"print", "", "printing is POHODA's business"),
	}, links(p+"linkedDocuments"), attachments(p))
}

// documentHead is the head of a document.
func documentHead(p string) documentRows {
	return documentRows{
		recordID(p+"id", "ID", "pohoda.id", func(o *documentOf) *int64 { return &o.doc.Pohoda.ID }).Only(fieldtable.ReadOnly),
		fieldtable.Nest(p+"extId", "Externí ID", "source", externalID, documentSource),
		fieldtable.Unmapped[*documentOf](p+"number/typ:id", "", "series differ between units, so their abbreviation is used"),
		unitCode("series", p+"number/typ:ids", "Číselná řada", "numberSeries", func(o *documentOf) *string { return &o.doc.NumberSeries }),
		fieldtable.Rule(p+"text", "Text", "title, text", writeTitle,
			fieldtable.Into(fieldtable.Text, func(o *documentOf) *string { return &o.doc.Title })),
		fieldtable.Nest(p+"partnerIdentity", "Odběratel, Dodavatel", "", partner, documentPartner),
		fieldtable.Unmapped[*documentOf](p+"myIdentity", "Moje firma", "POHODA fills in the unit's own address"),
		fieldtable.Unmapped[*documentOf](p+"paymentType/typ:id", "", "the abbreviation says the same"),
		unitCode("payment", p+"paymentType/typ:ids", "Forma úhrady", "payment.methodName", func(o *documentOf) *string { return &o.doc.Payment.MethodName }).
			WithNote("a form of payment of the unit, by maps.payment or defaults.payment"),
		fieldtable.Rule(p+"paymentType/typ:paymentType", "Typ úhrady", "payment.method", writePaymentType, readPaymentType),
		fieldtable.Unmapped[*documentOf](p+"centre/typ:id", "", "the abbreviation says the same"),
		unitCode("centre", p+"centre/typ:ids", "Středisko", "centre", func(o *documentOf) *string { return &o.doc.Centre }),
		fieldtable.Unmapped[*documentOf](p+"activity/typ:id", "", "the abbreviation says the same"),
		unitCode("activity", p+"activity/typ:ids", "Činnost", "activity", func(o *documentOf) *string { return &o.doc.Activity }),
		fieldtable.Unmapped[*documentOf](p+"contract/typ:id", "", "the abbreviation says the same"),
		contract(p+"contract/typ:ids", "project.number", func(o *documentOf) *string { return &o.doc.Project.Number }),
		fieldtable.Unmapped[*documentOf](p+"regVATinEU", "Registrace DPH v EU", "a list of the unit; no CRM names it"),
		word(p+"MOSS/typ:ids", "Stát OSS", "oss.country", func(o *documentOf) *trade.Country { return &o.doc.OSS.Country }),
		fieldtable.Many(p+"evidentiaryResourcesMOSS/typ:ids", "Důkazní prostředky OSS", "oss.evidence", evidence,
			func(o *documentOf) []*string { return each(o.doc.OSS.Evidence) },
			func(o *documentOf) *string { return more(&o.doc.OSS.Evidence) }),
		fieldtable.Unmapped[*documentOf](p+"accountingPeriodMOSS", "Období OSS", "POHODA derives it from the date"),
		fieldtable.Unmapped[*documentOf](p+"histRate", "Historická sazba", "the rates of the lines say it"),
		fieldtable.Unmapped[*documentOf](p+"lock1", "Zámek", "a state of POHODA's own"),
		fieldtable.Unmapped[*documentOf](p+"lock2", "Zámek", "a state of POHODA's own"),
		fieldtable.Unmapped[*documentOf](p+"markRecord", "Označení", "POHODA marks a new row by itself"),
		fieldtable.Many(p+"labels/typ:label", "Štítky", "labels", label,
			func(o *documentOf) []*string { return each(o.doc.Labels) },
			func(o *documentOf) *string { return more(&o.doc.Labels) }),
		fieldtable.Many(p+"parameters/typ:parameter", "Volitelné parametry", "parameters", parameter,
			func(o *documentOf) []*trade.Parameter { return each(o.doc.Parameters) },
			func(o *documentOf) *trade.Parameter { return more(&o.doc.Parameters) }),
		memo(p+"note", "Poznámka", "note", func(o *documentOf) *string { return &o.doc.Note }),
	}
}

// documentAccounting is where a document belongs in the books and in the VAT return.
func documentAccounting(p string) documentRows {
	return documentRows{
		fieldtable.Unmapped[*documentOf](p+"accounting/typ:id", "", "the abbreviation says the same"),
		unitCode("accounting", p+"accounting/typ:ids", "Předkontace", "accounting", func(o *documentOf) *string { return &o.doc.Accounting }),
		fieldtable.Unmapped[*documentOf](p+"accounting/typ:accountingType", "Předkontace", "the books' own"),
		fieldtable.Unmapped[*documentOf](p+"classificationVAT/typ:id", "", "the abbreviation says the same"),
		unitCode("vat_class", p+"classificationVAT/typ:ids", "Členění DPH", "vatClass", func(o *documentOf) *string { return &o.doc.VATClass }),
		fieldtable.Unmapped[*documentOf](p+"classificationVAT/typ:classificationVATType", "Členění DPH", "the abbreviation says it"),
		unitCode("kv_class", p+"classificationKVDPH/typ:ids", "Členění KV DPH", "kvClass", func(o *documentOf) *string { return &o.doc.KVClass }).
			WithNote("a field of the Slovak edition"),
	}
}

// documentType is which of the agenda's documents a document is.
func documentType(path string) fieldtable.Row[*documentOf] {
	return fieldtable.Rule(path, "Agenda", "direction",
		func(o *documentOf) (string, bool) { return o.target.Type, true },
		func(o *documentOf, s string) *diag.Issue {
			for _, t := range o.targets {
				if t.Type == strings.TrimSpace(s) {
					o.target, o.doc.Kind, o.doc.Direction = t, t.Kind, t.Direction
					return nil
				}
			}
			return fieldtable.Unreadable(s)
		})
}

// documentSummary is the summary of a document (orderSummaryType, invoiceSummaryType).
func documentSummary(p string) documentRows {
	return documentRows{
		word(p+"roundingDocument", "Zaokrouhlení dokladu", "rounding.document", func(o *documentOf) *money.Rounding { return &o.doc.Rounding.Document }),
		word(p+"roundingVAT", "Zaokrouhlení DPH", "rounding.vat", func(o *documentOf) *vat.Rounding { return &o.doc.Rounding.VAT }),
		flag(p+"calculateVAT", "Vypočíst DPH ze zaokrouhlení", "rounding.calculateVat", func(o *documentOf) *trade.Flag { return &o.doc.Rounding.CalculateVAT }),
		fieldtable.Rule(p+"typeCalculateVATInclusivePrice", "Výpočet DPH z ceny s DPH", "rounding.method", writeMethod,
			fieldtable.Into(fieldtable.Word[vat.Method](), func(o *documentOf) *vat.Method { return &o.doc.Rounding.Method })).
			WithNote("how VAT is taken out of a gross price; Czech units only, absent follows from the day"),
		fieldtable.Nest(p+"homeCurrency", "Celkem", "", homeSums, func(o *documentOf) (*levelSums, bool) { return &o.sums, true }).
			Only(fieldtable.ReadOnly).WithNote("POHODA computes the sums from the lines"),
		fieldtable.Nest(p+"foreignCurrency", "Cizí měna", "", foreignSum, func(o *documentOf) (*trade.Document, bool) { return o.doc, o.foreign }),
	}
}

// links are the documents to which POHODA has tied this one (type.xsd, linksType).
func links(path string) documentRows {
	next := func(o *documentOf) *trade.Reference { return more(&o.headLinks) }
	return documentRows{
		fieldtable.Many(path+"/typ:link", "Vazby", "references", linkedDocument, nothing[*documentOf, *trade.Reference], next).Only(fieldtable.ReadOnly),
		fieldtable.Many(path+"/typ:manualLink", "Vazby", "references", linkedDocument, nothing[*documentOf, *trade.Reference], next).Only(fieldtable.ReadOnly),
	}
}

// attachments are the pages that belong to a document.
func attachments(p string) documentRows {
	return documentRows{
		fieldtable.Unmapped[*documentOf](p+"attachments/typ:files", "", "the contents of files cannot be sent by XML"),
		fieldtable.Many(p+"attachments/typ:urlAddress", "Přílohy", "attachments", urlAttachment,
			func(o *documentOf) []*trade.Attachment { return pages(o.doc.Attachments) },
			func(o *documentOf) *trade.Attachment { return more(&o.doc.Attachments) }),
		fieldtable.Unmapped[*documentOf](p+"attachments/typ:shortcut", "", "a path on POHODA's own computer"),
	}
}
