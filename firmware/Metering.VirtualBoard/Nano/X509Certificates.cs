namespace Metering.Virtual.Security.Cryptography.X509Certificates;

/// <summary>nanoFramework's class of that name takes PEM; .NET's takes a file name, hence the stand-in.</summary>
public class X509Certificate(string certificate)
{
    public string Pem { get; } = certificate;
}

/// <summary>A certificate with its private key, both PEM.</summary>
public class X509Certificate2(string rawData, string key, string password) : X509Certificate(rawData)
{
    public string KeyPem { get; } = key;

    internal string Password { get; } = password;
}
