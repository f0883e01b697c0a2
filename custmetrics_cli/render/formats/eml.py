"""EML: a mail with the report. Its text has the sentences and key numbers, and the page is attached."""

from __future__ import annotations

from custmetrics_cli.render.documents.paper import paper_of
from custmetrics_cli.render.draw.mail import mail
from custmetrics_cli.render.format import Format

FORMAT = Format((".eml",), lambda document, output: mail(paper_of(document)), paged=True, paper=True)
