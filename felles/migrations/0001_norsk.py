from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    """The order of æøå. On SQLite it is a function of each connection, and nothing is done here."""

    run_before = [
        ("organisering", "0001_initial"),
        ("tiltak", "0001_initial"),
        ("moter", "0001_initial"),
        ("varsling", "0001_initial"),
    ]

    operations = [CreateCollation("norsk", provider="icu", locale="nb")]
