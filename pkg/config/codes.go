package config

import "github.com/gopohoda/pohoda/pkg/diag"

// Codes of what can be wrong with a configuration. All of them mean that
// nothing is done (exit code 2).
var (
	CodeNotFound        = diag.Usage.Code("config-not-found")
	CodeUnreadable      = diag.Usage.Code("config-unreadable", "reason")
	CodeNotUTF8         = diag.Usage.Code("config-not-utf8")
	CodeSyntax          = diag.Usage.Code("config-syntax", "reason")
	CodeUnsupported     = diag.Usage.Code("config-unsupported-yaml")
	CodeUnknownKey      = diag.Usage.Code("config-unknown-key", "known")
	CodeDuplicateKey    = diag.Usage.Code("config-duplicate-key")
	CodeMissingKey      = diag.Usage.Code("config-missing-key")
	CodeWantMapping     = diag.Usage.Code("config-want-mapping")
	CodeWantList        = diag.Usage.Code("config-want-list")
	CodeWantValue       = diag.Usage.Code("config-want-value")
	CodeBadValue        = diag.Usage.Code("config-bad-value", "allowed")
	CodeBadNumber       = diag.Usage.Code("config-bad-number")
	CodeBadDate         = diag.Usage.Code("config-bad-date")
	CodeUnsetVariable   = diag.Usage.Code("config-unset-variable")
	CodeBadSubstitution = diag.Usage.Code("config-bad-substitution")
	CodeInvisible       = diag.Usage.Code("config-invisible-character")
	// CodeUnknownVariable is the one that only warns.
	CodeUnknownVariable = diag.Warning.Code("config-unknown-variable", "known")
)
