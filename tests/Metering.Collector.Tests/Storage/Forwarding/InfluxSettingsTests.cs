using Metering.Collector.Cli;
using Metering.Collector.Hosting;
using Metering.Collector.Storage.Influx;
using Xunit;

namespace Metering.Collector.Tests.Storage.Forwarding;

/// <summary>Section Influx of the settings: one line for each mistake, with section:key, what was given, what is allowed.</summary>
public sealed class InfluxSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public InfluxSettingsTests()
    {
        File.WriteAllText(folder.File("secret"), "correct horse\n");
        File.WriteAllText(folder.File("empty"), " \n");
        File.WriteAllText(folder.File("long"), new string('x', 5000));
        File.WriteAllText(folder.File("lines"), "one\ntwo\n");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"Database":"other"}""", "Influx:Url: none was given; it is needed as soon as anything else is set in this section.")]
    [InlineData("""{"Url":"influx.example:8086"}""", "Influx:Url: 'influx.example:8086' was given; allowed is an address such as https://influx.example:8086/.")]
    [InlineData("""{"Url":"ftp://h/"}""", "Influx:Url: 'ftp://h/' was given; allowed is an address such as https://influx.example:8086/.")]
    [InlineData("""{"Url":"https://h/?db=x"}""", "Influx:Url: 'https://h/?db=x' was given; allowed is an address such as https://influx.example:8086/.")]
    [InlineData("""{"Url":"https://me:secret@h/"}""", "Influx:Url: an address with a user in it was given; the user goes into Influx:User, the password or token into the file of Influx:SecretFile.")]
    [InlineData("""{"Url":"https://h/","Database":""}""", "Influx:Database: '' was given; allowed are 1 to 64 letters, digits, '_', '-' and '.'.")]
    [InlineData("""{"Url":"https://h/","Database":"a b"}""", "Influx:Database: 'a b' was given; allowed are 1 to 64 letters, digits, '_', '-' and '.'.")]
    [InlineData("""{"Url":"https://h/","Generation":"V9"}""", "Influx:Generation: 'V9' was given; allowed is one of V1, V2, V3.")]
    [InlineData("""{"Url":"https://h/","Generation":"7"}""", "Influx:Generation: '7' was given; allowed is one of V1, V2, V3.")]
    [InlineData("""{"Url":"https://h/","Organisation":"us"}""", "Influx:Organisation: 'us' was given with Generation V1; it is allowed with V2 only, and not empty.")]
    [InlineData("""{"Url":"https://h/","User":"me"}""", "Influx:SecretFile: none was given; it is needed with Influx:User 'me'.")]
    [InlineData("""{"Url":"https://h/","Generation":"V2"}""", "Influx:SecretFile: none was given; V2 answers nobody without a token.")]
    [InlineData("""{"Url":"https://h/","SecretFile":"{folder}/secret"}""", "Influx:User: none was given; V1 needs one with Influx:SecretFile.")]
    [InlineData("""{"Url":"http://h/","User":"me","SecretFile":"{folder}/secret"}""", "Influx:Url: 'http://h/' was given; with Influx:SecretFile https is allowed, and http to this machine only.")]
    [InlineData("""{"Url":"https://h/","User":"me","SecretFile":"{folder}/none"}""", "Influx:SecretFile: '{folder}/none' was given; it cannot be read: ")]
    [InlineData("""{"Url":"https://h/","User":"me","SecretFile":"{folder}/empty"}""", "Influx:SecretFile: '{folder}/empty' was given; allowed is a file of one line with the password or token, at most 4096 bytes.")]
    [InlineData("""{"Url":"https://h/","User":"me","SecretFile":"{folder}/long"}""", "Influx:SecretFile: '{folder}/long' was given; allowed is a file of one line ")]
    [InlineData("""{"Url":"https://h/","User":"me","SecretFile":"{folder}/lines"}""", "Influx:SecretFile: '{folder}/lines' was given; allowed is a file of one line ")]
    [InlineData("""{"Url":"http://127.0.0.1/","CertificateAuthorityFile":"{folder}/secret"}""", "Influx:CertificateAuthorityFile: '{folder}/secret' was given; it is allowed with an https address only.")]
    [InlineData("""{"Url":"https://h/","CertificateAuthorityFile":"{folder}/secret"}""", "Influx:CertificateAuthorityFile: '{folder}/secret' was given; it holds no certificate in PEM.")]
    [InlineData("""{"Url":"https://h/","CertificateAuthorityFile":"{folder}/none"}""", "Influx:CertificateAuthorityFile: '{folder}/none' was given; a readable PEM file is needed: ")]
    [InlineData("""{"Url":"https://h/","KeepDays":0}""", "Influx:KeepDays: 0 was given; allowed is 1 or more, or null to keep readings for ever.")]
    [InlineData("""{"Url":"https://h/","KeepDays":"often"}""", "Influx:KeepDays: 'often' was given; allowed is a whole number.")]
    [InlineData("""{"Url":"https://h/","Token":"abc"}""", "Influx:Token: is not known; allowed are CertificateAuthorityFile, Database, Generation, KeepDays, Organisation, SecretFile, Url, User.")]
    public void A_mistake_is_one_line_with_key_given_and_allowed(string section, string expected)
    {
        var failure = Assert.Throws<UsageException>(() => Load(section));
        Assert.StartsWith(expected.Replace("{folder}", folder.Path, StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("correct horse", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_becomes_the_options_of_the_server_with_the_secret_of_the_file()
    {
        var settings = Load("""{"Url":"http://127.0.0.1:8086/influx","Generation":"v2","Database":"m-1","Organisation":"us","SecretFile":"{folder}/secret","KeepDays":30}""");
        Assert.Equal(
            new InfluxOptions { Url = new Uri("http://127.0.0.1:8086/influx/"), Database = "m-1", Generation = InfluxGeneration.V2, Organisation = "us", Secret = "correct horse" },
            settings.Influx.ToOptions());
        Assert.Equal(30, settings.Influx.KeepDays);
    }

    private CollectorSettings Load(string section)
    {
        var file = folder.File("settings.json");
        File.WriteAllText(file, $$"""{"Influx":{{section.Replace("{folder}", folder.Path.Replace("\\", "/", StringComparison.Ordinal), StringComparison.Ordinal)}}}""");
        return CollectorSettings.Load(file);
    }
}
