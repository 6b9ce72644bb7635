// Package schemas holds the schemas that ship with the tool: the XSDs of POHODA's version_2 XML, one file a namespace,
// and the JSON Schema of the canonical record.
//
// The XSDs are written from the facts of the format and accept and refuse the same documents as POHODA's own schemas,
// for the agendas that data.xsd and response.xsd name. A new agenda is one more XSD, its import and element in data.xsd,
// and, for what POHODA answers, its import and elements in response.xsd.
package schemas

import "embed"

// XSD holds the schema files by name, such as "order.xsd"; data.xsd (what is sent) and response.xsd (what comes back)
// are the two to start from.
//
//go:embed *.xsd
var XSD embed.FS

// Canonical is the JSON Schema of the canonical record, by which scripts exchange records with the tool.
//
//go:embed canonical-1.schema.json
var Canonical []byte
