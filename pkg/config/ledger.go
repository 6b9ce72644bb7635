package config

import (
	"regexp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeLedgerAddress says that a place of a ledger is neither a file nor an address
// of a database, though it looks like one.
var CodeLedgerAddress = diag.Usage.Code("config-ledger-address")

var (
	// properAddress is one that PostgreSQL's own rules understand: what a password
	// holds of / ? # @ is percent-encoded there, so that no @ follows the host.
	properAddress = regexp.MustCompile(`^postgres(?:ql)?://[^/?#]*(?:/[^@?#]*)?(?:\?[^@=]*(?:=.*)?)?$`)
	// addressForms are what people write who mean a database: another scheme,
	// PostgreSQL's without its slashes, settings of a connection, or a user and a
	// password before a host. A letter, a colon and a slash is a drive of Windows.
	addressForms = regexp.MustCompile(strings.Join([]string{
		`(?is)://`,
		`^\s*(?:postgres\w*|pgsql|psql|pgx?)\s*[:;=]`,
		`^\s*postgres\w*[/\\]+.*@`,
		`(?:^|[\s;,?&])(?:host|hostaddr|server|port|dbname|database|user|username|password|passwd|pwd|pass|passphrase|passfile|service|sslmode|pg[a-z]+|_\w+|key|secret|token)\s*=`,
		`^[/\\]*[^/\\:@\s]{2,}:.*@`, `^[/\\]*[^/\\:@\s]:[^/\\].*@`,
	}, "|"))
)

// isMisspelt tells an address of a database that would be taken for the name of a
// file, or for another address: the file would be named after the password.
func (l Ledger) isMisspelt() bool {
	return !properAddress.MatchString(string(l)) && addressForms.MatchString(string(l))
}
