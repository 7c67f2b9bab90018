import django.db.models.deletion
import felles.felt
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisering', '0001_initial'),
        ('organisering', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Epost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adresse', felles.felt.Epostadresse(max_length=254, verbose_name='til')),
                ('dag', models.DateField(verbose_name='dag')),
                ('straks', models.BooleanField(default=False, verbose_name='sendes straks')),
                ('message_id', felles.felt.Maskinkode(max_length=200, unique=True)),
                ('svar_til', felles.felt.Epostadresse(blank=True, max_length=254, verbose_name='svar til')),
                ('emne', felles.felt.Linje(db_collation='norsk', max_length=250, verbose_name='emne')),
                ('tekst', felles.felt.Tekst(db_collation='norsk', verbose_name='tekst')),
                ('html', felles.felt.Tekst(blank=True, db_collation='norsk', verbose_name='HTML')),
                ('tilstand', models.CharField(choices=[('venter', 'Venter'), ('sendes', 'Sendes'), ('sendt', 'Sendt'), ('feilet', 'Feilet')], default='venter', max_length=10, verbose_name='tilstand')),
                ('forsok', models.PositiveSmallIntegerField(default=0, verbose_name='forsøk')),
                ('neste_forsok', models.DateTimeField(blank=True, null=True, verbose_name='neste forsøk')),
                ('leid_til', models.DateTimeField(blank=True, null=True, verbose_name='leid til')),
                ('svar_fra_tjener', felles.felt.Tekst(blank=True, db_collation='norsk', verbose_name='tjenerens svar')),
                ('opprettet', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('sendt', models.DateTimeField(blank=True, null=True, verbose_name='sendt')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='eposter', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('samarbeid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='eposter', to='organisering.samarbeid', verbose_name='samarbeid')),
            ],
            options={
                'verbose_name': 'e-post',
                'verbose_name_plural': 'e-poster',
                'ordering': ['-opprettet', '-pk'],
                'indexes': [models.Index(fields=['tilstand', 'neste_forsok'], name='epost_i_ko')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('straks', False)), fields=('person', 'dag'), name='epost_en_samlet_om_dagen', violation_error_message='Personen har alt fått dagens e-post.'), models.CheckConstraint(condition=models.Q(models.Q(('tilstand', 'sendt'), _negated=True), ('sendt__isnull', False), _connector='OR'), name='epost_sendt_har_tid', violation_error_message='En sendt e-post har et tidspunkt.')],
            },
        ),
        migrations.CreateModel(
            name='Kjoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jobb', felles.felt.Maskinkode(max_length=80, verbose_name='jobb')),
                ('dag', models.DateField(verbose_name='dag')),
                ('startet', models.DateTimeField(verbose_name='startet')),
                ('ferdig', models.DateTimeField(blank=True, null=True, verbose_name='ferdig')),
                ('funnet', models.PositiveIntegerField(default=0, verbose_name='funnet')),
                ('nye', models.PositiveIntegerField(default=0, verbose_name='nye')),
                ('feil', felles.felt.Tekst(blank=True, db_collation='norsk', verbose_name='feil')),
            ],
            options={
                'verbose_name': 'kjøring',
                'verbose_name_plural': 'kjøringer',
                'ordering': ['-startet', '-pk'],
                'indexes': [models.Index(fields=['jobb', '-dag'], name='kjoring_siste')],
            },
        ),
        migrations.CreateModel(
            name='Varsel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nokkel', felles.felt.Maskinkode(max_length=250, unique=True, verbose_name='nøkkel')),
                ('regel', felles.felt.Maskinkode(max_length=40, verbose_name='regel')),
                ('trinn', felles.felt.Maskinkode(blank=True, max_length=40, verbose_name='trinn')),
                ('gjelder', felles.felt.Linje(db_collation='norsk', max_length=300, verbose_name='gjelder')),
                ('hvorfor', felles.felt.Tekst(blank=True, db_collation='norsk', verbose_name='hvorfor')),
                ('lenke', felles.felt.Linje(blank=True, db_collation='norsk', max_length=300, verbose_name='lenke')),
                ('forfall', models.DateField(blank=True, null=True, verbose_name='forfall')),
                ('opprettet', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('forbigatt', models.BooleanField(default=False, verbose_name='forbigått')),
                ('trukket', models.DateTimeField(blank=True, null=True, verbose_name='trukket')),
                ('epost', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='varsler', to='varsling.epost', verbose_name='e-post')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='varsler', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('samarbeid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='varsler', to='organisering.samarbeid', verbose_name='samarbeid')),
            ],
            options={
                'verbose_name': 'varsel',
                'verbose_name_plural': 'varsler',
                'ordering': ['-opprettet', '-pk'],
                'indexes': [models.Index(fields=['person', 'epost'], name='varsel_ikke_sendt')],
            },
        ),
        migrations.CreateModel(
            name='Svarlenke',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nokkel_hash', felles.felt.Maskinkode(max_length=64, unique=True)),
                ('formal', felles.felt.Maskinkode(max_length=40, verbose_name='formål')),
                ('objekt_id', models.PositiveBigIntegerField(verbose_name='objekt')),
                ('opprettet', models.DateTimeField(auto_now_add=True, verbose_name='opprettet')),
                ('utloper', models.DateTimeField(verbose_name='utløper')),
                ('brukt', models.DateTimeField(blank=True, null=True, verbose_name='brukt')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='svarlenker', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('samarbeid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='svarlenker', to='organisering.samarbeid', verbose_name='samarbeid')),
                ('varsel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='svarlenker', to='varsling.varsel', verbose_name='varsel')),
            ],
            options={
                'verbose_name': 'svarlenke',
                'verbose_name_plural': 'svarlenker',
                'ordering': ['-opprettet', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Varselvalg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regel', felles.felt.Maskinkode(max_length=40, verbose_name='slag varsel')),
                ('hyppighet', models.CharField(choices=[('daglig', 'Samlet hver dag'), ('ukentlig', 'Samlet hver uke'), ('aldri', 'Ikke send')], default='daglig', max_length=10, verbose_name='hvor ofte')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='varselvalg', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'valg om varsler',
                'verbose_name_plural': 'valg om varsler',
                'ordering': ['person', 'regel'],
                'constraints': [models.UniqueConstraint(fields=('person', 'regel'), name='varselvalg_ett_per_slag', violation_error_message='Valget finnes alt.')],
            },
        ),
    ]
