package theme

// Principles are the few rules of the playbook that a page belongs to.
type Principles struct {
	From  Link // where they are written; Href is "" where there are none
	Rules []string
}
