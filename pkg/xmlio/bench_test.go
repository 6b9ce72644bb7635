package xmlio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// packOf writes a pack of orders of three lines each, as POHODA lays them out.
func packOf(orders int) []byte {
	head := Envelope{
		Encoding:   charset.Windows1250,
		Root:       Name{"dat", "dataPack"},
		Attrs:      []Attr{{Name{"", "version"}, "2.0"}, {Name{"", "id"}, "Z1"}, {Name{"", "ico"}, "12345679"}},
		Prefixes:   []string{"dat", "ord", "typ"},
		Namespaces: house,
	}
	out := head.Head()
	for i := range orders {
		out = AppendElement(out, orderOf(i), 1)
	}
	return append(out, head.Tail()...)
}

func orderOf(i int) *etree.Element {
	item := etree.NewElement("dat:dataPackItem")
	item.CreateAttr("id", fmt.Sprintf("crm/deal/%d", i))
	item.CreateAttr("version", "2.0")
	order := item.CreateElement("ord:order")
	order.CreateAttr("version", "2.0")
	leaf := func(parent *etree.Element, tag, text string) { parent.CreateElement(tag).SetText(text) }
	header := order.CreateElement("ord:orderHeader")
	leaf(header, "ord:orderType", "receivedOrder")
	leaf(header, "ord:numberOrder", fmt.Sprintf("OP-26-%d", i))
	leaf(header, "ord:date", "2026-03-16")
	leaf(header, "ord:text", "Vybavení kanceláře – židle & stoly")
	address := header.CreateElement("ord:partnerIdentity").CreateElement("typ:address")
	leaf(address, "typ:company", "Dřevo a syn s.r.o.")
	leaf(address, "typ:city", "Žďár nad Sázavou")
	leaf(address, "typ:street", "Nádražní 12")
	leaf(address, "typ:ico", "12345679")
	detail := order.CreateElement("ord:orderDetail")
	for line := range 3 {
		row := detail.CreateElement("ord:orderItem")
		leaf(row, "ord:text", "Židle otočná, čalouněná")
		leaf(row, "ord:quantity", fmt.Sprint(line+1))
		leaf(row, "ord:unit", "ks")
		leaf(row, "ord:payVAT", "false")
		leaf(row, "ord:rateVAT", "high")
		leaf(row.CreateElement("ord:homeCurrency"), "typ:unitPrice", "1249.50")
		leaf(row, "ord:code", "ZID-001")
	}
	return item
}

func encoded(tb testing.TB, text []byte, e charset.Encoding) []byte {
	out, bad := e.Append(nil, text)
	require.Zero(tb, bad)
	return out
}

func BenchmarkScanner(b *testing.B) {
	text := packOf(2000)
	files := map[string][]byte{
		"utf-8":        bytes.Replace(text, []byte("Windows-1250"), []byte("UTF-8"), 1),
		"windows-1250": encoded(b, text, charset.Windows1250),
		"crlf":         encoded(b, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")), charset.Windows1250),
	}
	for name, file := range files {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				s := NewScanner(bytes.NewReader(file), "", house)
				for {
					if _, err := s.Next(); errors.Is(err, io.EOF) {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkElement(b *testing.B) {
	file := encoded(b, packOf(2000), charset.Windows1250)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		s := NewScanner(bytes.NewReader(file), "", house)
		_, err := s.Next()
		require.NoError(b, err)
		for {
			kind, err := s.Next()
			require.NoError(b, err)
			if kind == End {
				break
			}
			if kind == Start {
				_, err = s.Element()
				require.NoError(b, err)
			}
		}
	}
}

func BenchmarkAppendElement(b *testing.B) {
	order := orderOf(1)
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = AppendElement(out[:0], order, 1)
	}
	b.SetBytes(int64(len(out)))
	require.True(b, strings.HasPrefix(string(out), "  <dat:dataPackItem"))
}
