package xsd

import "github.com/gopohoda/pohoda/pkg/diag"

// Codes of what can be wrong with a document. That of a wrong namespace also refuses
// files that are not validated.
var (
	CodeUnknownRoot       = diag.Invalid.Code("xsd-unknown-root", "expected", "name")
	CodeUnexpectedElement = diag.Invalid.Code("xsd-unexpected-element", "expected", "name", "parent")
	CodeMisplacedElement  = diag.Invalid.Code("xsd-misplaced-element", "expected", "name", "parent")
	CodeDuplicateElement  = diag.Invalid.Code("xsd-duplicate-element", "limit", "name", "parent")
	CodeWrongNamespace    = diag.Refused.Code("xsd-wrong-namespace", "expected", "name")
	CodeMissingElement    = diag.Invalid.Code("xsd-missing-element", "expected", "name")
	CodeElementInValue    = diag.Invalid.Code("xsd-element-in-value", "child", "name")
	CodeNotEmpty          = diag.Invalid.Code("xsd-not-empty", "child", "name")
	CodeTextNotAllowed    = diag.Invalid.Code("xsd-text-not-allowed", "expected", "name")
	CodeMissingAttribute  = diag.Invalid.Code("xsd-missing-attribute", "name", "parent")
	CodeUnknownAttribute  = diag.Invalid.Code("xsd-unknown-attribute", "expected", "name", "parent")
	CodeNoAttributes      = diag.Invalid.Code("xsd-no-attributes", "name", "parent")
	CodeNil               = diag.Invalid.Code("xsd-nil", "name")
	CodeNilNotEmpty       = diag.Invalid.Code("xsd-nil-not-empty", "name")
	CodeTypeAttribute     = diag.Invalid.Code("xsd-type-attribute", "type")
	CodeEmpty             = diag.Invalid.Code("xsd-empty", "type")
	CodeTooLong           = diag.Invalid.Code("xsd-too-long", "length", "limit")
	CodeTooShort          = diag.Invalid.Code("xsd-too-short", "length", "limit")
	CodeWrongLength       = diag.Invalid.Code("xsd-wrong-length", "length", "limit")
	CodeNotInList         = diag.Invalid.Code("xsd-not-in-list", "allowed")
	CodePattern           = diag.Invalid.Code("xsd-wrong-pattern", "pattern")
	CodeOutOfRange        = diag.Invalid.Code("xsd-out-of-range", "range")
	CodeTooManyDigits     = diag.Invalid.Code("xsd-too-many-digits", "fraction", "total")
	CodeNotFixed          = diag.Invalid.Code("xsd-not-fixed", "fixed")
	CodeNotBoolean        = diag.Invalid.Code("xsd-not-a-boolean", "type")
	CodeNotDate           = diag.Invalid.Code("xsd-not-a-date", "type")
	CodeNotDateTime       = diag.Invalid.Code("xsd-not-a-datetime", "type")
	CodeNotTime           = diag.Invalid.Code("xsd-not-a-time", "type")
	CodeNotNumber         = diag.Invalid.Code("xsd-not-a-number", "type")
	CodeNotInteger        = diag.Invalid.Code("xsd-not-an-integer", "type")
	CodeBadForm           = diag.Invalid.Code("xsd-bad-form", "type")
)

// Finding is one thing that is wrong with a document.
type Finding struct {
	Code diag.Code
	// Path leads to the element or attribute: an element with an attribute id
	// shows it, one that may be repeated shows its number, as in
	// dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#2/ord:text.
	Path string
	// Value is the offending text.
	Value string
	// At is where the start tag stands of the element concerned.
	At diag.Position
	// Args say what was expected, by the names of the catalogue.
	Args diag.Args
}

// Issue gives the finding as an error for a person.
func (f Finding) Issue() *diag.Issue {
	return &diag.Issue{Severity: diag.Error, Code: f.Code, Path: f.Path, Value: f.Value, Args: f.Args, At: f.At}
}
