// Package pohoda speaks POHODA's XML of version 2: one file an agenda, both
// ways, by field tables; the shared typ: tables; the pack that carries documents
// and the identity by which POHODA recognises what it has already taken.
//
// Nothing here was tried on a running POHODA: what the schemas do not prove is
// marked at its place.
package pohoda

import "github.com/gopohoda/pohoda/pkg/xmlio"

// uri is where every namespace of the format begins; "https" is another
// namespace and is refused by the schemas (reference FORMAT, section 0).
const uri = "http://www.stormware.cz/schema/version_2/"

// prefixes are the customary prefixes and their schema files (FORMAT, section
// 1.5). Names of elements stand in these prefixes everywhere in the tool.
var prefixes = map[string]string{
	"dat": "data.xsd",
	"rsp": "response.xsd",
	"rdc": "documentresponse.xsd",
	"typ": "type.xsd",
	"ftr": "filter.xsd",
	"lst": "list.xsd",
	"prn": "print.xsd",
}

// Namespaces are the house prefixes of the agendas at hand.
func Namespaces() *xmlio.Namespaces { return xmlio.NewNamespaces(URIs()) }

// URIs gives the namespace of each house prefix.
func URIs() map[string]string {
	all := map[string]string{}
	for prefix, file := range prefixes {
		all[prefix] = uri + file
	}
	for _, a := range Agendas() {
		all[a.Prefix] = uri + a.Schema
	}
	return all
}
