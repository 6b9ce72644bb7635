package xsd

import "github.com/gopohoda/pohoda/pkg/diag"

// Codes of what can be wrong with a document.
const (
	CodeUnknownRoot       diag.Code = "xsd-unknown-root"
	CodeUnexpectedElement diag.Code = "xsd-unexpected-element"
	CodeMisplacedElement  diag.Code = "xsd-misplaced-element"
	CodeDuplicateElement  diag.Code = "xsd-duplicate-element"
	CodeWrongNamespace    diag.Code = "xsd-wrong-namespace"
	CodeMissingElement    diag.Code = "xsd-missing-element"
	CodeElementInValue    diag.Code = "xsd-element-in-value"
	CodeNotEmpty          diag.Code = "xsd-not-empty"
	CodeTextNotAllowed    diag.Code = "xsd-text-not-allowed"
	CodeMissingAttribute  diag.Code = "xsd-missing-attribute"
	CodeUnknownAttribute  diag.Code = "xsd-unknown-attribute"
	CodeNoAttributes      diag.Code = "xsd-no-attributes"
	CodeNil               diag.Code = "xsd-nil"
	CodeNilNotEmpty       diag.Code = "xsd-nil-not-empty"
	CodeTypeAttribute     diag.Code = "xsd-type-attribute"
	CodeEmpty             diag.Code = "xsd-empty"
	CodeTooLong           diag.Code = "xsd-too-long"
	CodeTooShort          diag.Code = "xsd-too-short"
	CodeWrongLength       diag.Code = "xsd-wrong-length"
	CodeNotInList         diag.Code = "xsd-not-in-list"
	CodePattern           diag.Code = "xsd-wrong-pattern"
	CodeOutOfRange        diag.Code = "xsd-out-of-range"
	CodeTooManyDigits     diag.Code = "xsd-too-many-digits"
	CodeNotFixed          diag.Code = "xsd-not-fixed"
	CodeNotBoolean        diag.Code = "xsd-not-a-boolean"
	CodeNotDate           diag.Code = "xsd-not-a-date"
	CodeNotDateTime       diag.Code = "xsd-not-a-datetime"
	CodeNotTime           diag.Code = "xsd-not-a-time"
	CodeNotNumber         diag.Code = "xsd-not-a-number"
	CodeNotInteger        diag.Code = "xsd-not-an-integer"
	CodeBadForm           diag.Code = "xsd-bad-form"
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
