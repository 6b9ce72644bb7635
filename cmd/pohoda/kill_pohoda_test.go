package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// accountancy is a POHODA as far as orders go: it imports packs with its
// duplicity check on, answers them, and lists its orders. What it does with an
// item depends on the item alone, and ids come from a register, so that two of
// them which get the same packs in another order end with the same documents.
type accountancy struct {
	register *register
	// taken are the items that it has done, by the ids of pack and item: POHODA
	// remembers them also when the document is gone.
	taken map[string]*order
	// orders are its documents by their ids.
	orders map[int]*order
	// imported are the digests of the files that it has read, and answers counts what
	// it has answered: an answer has its time.
	imported map[string]bool
	answers  int
}

// order is a document in POHODA.
type order struct {
	id      int
	number  string // the deal's code
	text    string
	content string
	deleted bool
}

// register gives documents their ids.
type register map[string]int

func (r register) of(item string) int {
	if r[item] == 0 {
		r[item] = len(r) + 101
	}
	return r[item]
}

func newAccountancy(r *register) *accountancy {
	return &accountancy{register: r, taken: map[string]*order{}, orders: map[int]*order{}, imported: map[string]bool{}}
}

// The words in the text of an order that this POHODA refuses, or takes and alters.
const (
	refusedWord = "odmítni"
	alteredWord = "uprav"
)

// dataPack is a pack as far as this POHODA reads it.
type dataPack struct {
	XMLName xml.Name   `xml:"http://www.stormware.cz/schema/version_2/data.xsd dataPack"`
	ID      string     `xml:"id,attr"`
	ICO     string     `xml:"ico,attr"`
	Items   []packItem `xml:"http://www.stormware.cz/schema/version_2/data.xsd dataPackItem"`
}

type packItem struct {
	ID    string `xml:"id,attr"`
	Order struct {
		Delete  int    `xml:"actionType>delete>filter>id"`
		Number  string `xml:"orderHeader>numberOrder"`
		Text    string `xml:"orderHeader>text"`
		Content string `xml:",innerxml"`
	} `xml:"http://www.stormware.cz/schema/version_2/order.xsd order"`
}

// readPack reads a pack to its end.
func readPack(content []byte) (p dataPack, err error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimSpace(content)))
	d.CharsetReader = func(name string, r io.Reader) (io.Reader, error) {
		if name != "Windows-1250" {
			return nil, fmt.Errorf("encoding %q", name)
		}
		return charmap.Windows1250.NewDecoder().Reader(r), nil
	}
	if err := d.Decode(&p); err != nil {
		return p, err
	}
	if rest, err := d.Token(); !errors.Is(err, io.EOF) {
		return p, fmt.Errorf("behind the pack: %v, %w", rest, err)
	}
	return p, nil
}

// takes imports a file, unless it has read it before, and gives its answer.
func (a *accountancy) takes(content []byte) (answer string, err error) {
	if digest := digestOf(content); !a.imported[digest] {
		a.imported[digest] = true
		return a.answer(content)
	}
	return "", nil
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// answer imports a pack and answers every item of it.
func (a *accountancy) answer(content []byte) (string, error) {
	pack, err := readPack(content)
	if err != nil {
		return "", err
	}
	var items strings.Builder
	for _, item := range pack.Items {
		state, body := a.item(pack.ID, item)
		fmt.Fprintf(&items, `<rsp:responsePackItem version="2.0" id="%s" state="%s">%s</rsp:responsePackItem>`+"\n", item.ID, state, body)
	}
	a.answers++
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<rsp:responsePack version="2.0" id="%s" state="ok" note="" ico="%s" dateTimeStamp="2026-03-16T12:%02d:00" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd"`+
		` xmlns:rdc="http://www.stormware.cz/schema/version_2/documentresponse.xsd" xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd">
%s</rsp:responsePack>
`, pack.ID, pack.ICO, a.answers, items.String()), nil
}

// item does what an item asks for.
func (a *accountancy) item(pack string, item packItem) (state, answer string) {
	key := pack + "\x00" + item.ID
	if was := a.taken[key]; was != nil {
		there := ""
		if !was.deleted {
			there = fmt.Sprintf(`<rsp:id>%d</rsp:id><rsp:number>%s</rsp:number>`, was.id, was.name())
		}
		return "error", `<rsp:errorDetail><rsp:recordDuplicity><rsp:agendaType>prijate_objednavky</rsp:agendaType>` + there +
			`</rsp:recordDuplicity></rsp:errorDetail>`
	}
	switch o := item.Order; {
	case o.Delete != 0:
		gone := a.orders[o.Delete]
		if gone == nil || gone.deleted {
			return "error", response("error", finding("error", "115", "Záznam nebyl nalezen."))
		}
		gone.deleted = true
		a.taken[key] = gone
		return "ok", response("ok", produced(gone, "delete"))
	case strings.Contains(o.Text, refusedWord):
		return "error", response("error", finding("error", "108", "Neznámá hodnota."))
	default:
		made := &order{id: a.register.of(key), number: o.Number, text: o.Text, content: o.Content}
		a.taken[key], a.orders[made.id] = made, made
		details := ""
		if strings.Contains(o.Text, alteredWord) {
			details = finding("warning", "603", "Hodnota byla upravena.")
		}
		return "ok", response("ok", details+produced(made, "add"))
	}
}

func response(state, content string) string {
	return `<ord:orderResponse version="2.0" state="` + state + `">` + content + `</ord:orderResponse>`
}

func finding(state, number, note string) string {
	values := ""
	if state == "warning" {
		values = `<rdc:XPath>/ord:order/ord:orderHeader/ord:text</rdc:XPath><rdc:valueRequested>a</rdc:valueRequested><rdc:valueProduced>b</rdc:valueProduced>`
	}
	return fmt.Sprintf(`<rdc:importDetails><rdc:detail><rdc:state>%s</rdc:state><rdc:errno>%s</rdc:errno><rdc:note>%s</rdc:note>%s</rdc:detail></rdc:importDetails>`,
		state, number, note, values)
}

func produced(o *order, action string) string {
	return fmt.Sprintf(`<rdc:producedDetails><rdc:id>%d</rdc:id><rdc:number>%s</rdc:number><rdc:actionType>%s</rdc:actionType></rdc:producedDetails>`,
		o.id, o.name(), action)
}

// name is POHODA's own number of the order.
func (o *order) name() string { return "26OP" + strconv.Itoa(o.id) }

// enter makes an order by hand, without a pack.
func (a *accountancy) enter(d *deal) {
	o := &order{id: a.register.of("by hand\x00" + d.code()), number: d.code(), text: d.text()}
	o.content = fmt.Sprintf(`<ord:orderHeader><ord:orderType>receivedOrder</ord:orderType><ord:numberOrder>%s</ord:numberOrder>`+
		`<ord:date>%s</ord:date><ord:text>%s</ord:text><ord:partnerIdentity><typ:address><typ:company>%s</typ:company><typ:city>%s</typ:city></typ:address></ord:partnerIdentity></ord:orderHeader>`+
		`<ord:orderDetail><ord:orderItem><ord:text>%s</ord:text><ord:quantity>%d</ord:quantity><ord:payVAT>false</ord:payVAT><ord:rateVAT>high</ord:rateVAT>`+
		`<ord:discountPercentage>0</ord:discountPercentage><ord:homeCurrency><typ:unitPrice>%d</typ:unitPrice></ord:homeCurrency></ord:orderItem></ord:orderDetail>`,
		d.code(), day, d.text(), customer, city, goods, d.version, price)
	a.orders[o.id] = o
}

// living are the orders that are there, by the deal's code.
func (a *accountancy) living() map[string][]*order {
	living := map[string][]*order{}
	for _, id := range slices.Sorted(maps.Keys(a.orders)) {
		if o := a.orders[id]; !o.deleted {
			living[o.number] = append(living[o.number], o)
		}
	}
	return living
}

// list exports the orders, as POHODA does: each as it was sent, with its id and its
// number.
func (a *accountancy) list() string {
	var all strings.Builder
	for _, id := range slices.Sorted(maps.Keys(a.orders)) {
		o := a.orders[id]
		if o.deleted {
			continue
		}
		own := fmt.Sprintf(`<ord:orderHeader><ord:id>%d</ord:id><ord:number><typ:numberRequested>%s</typ:numberRequested></ord:number>`, o.id, o.name())
		all.WriteString(`<lst:order version="2.0">` + strings.Replace(o.content, `<ord:orderHeader>`, own, 1) + "</lst:order>\n")
	}
	return `<?xml version="1.0" encoding="UTF-8"?>
<rsp:responsePack version="2.0" id="orders" state="ok" note="" ico="12345679" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd"` +
		` xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd" xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd"` +
		` xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd">
<rsp:responsePackItem version="2.0" id="1" state="ok"><lst:listOrder version="2.0" dateTimeStamp="2026-03-16T12:00:00" dateValidFrom="2026-03-16" state="ok">
` + all.String() + `</lst:listOrder></rsp:responsePackItem>
</rsp:responsePack>
`
}
