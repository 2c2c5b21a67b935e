from django.db import migrations, models


def forget_steps(apps, schema_editor):
    """Steps from before can't be taken back by what they remember; what was said and settled is not in them."""
    apps.get_model("meetings", "Step").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.RunPython(forget_steps, migrations.RunPython.noop),
        migrations.AlterModelOptions(name="step", options={"ordering": ["-number"]}),
        migrations.AddField(
            model_name="step",
            name="number",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(model_name="step", name="changes", field=models.JSONField(default=list)),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=["meeting", "number"], name="one_step_at_a_time"),
        ),
    ]
