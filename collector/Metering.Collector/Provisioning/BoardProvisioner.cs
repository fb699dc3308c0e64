using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>Gives a board its identity: draws its secret, writes its folder, and lets it in.</summary>
internal sealed class BoardProvisioner(BoardCredentialFile credentials, string authorityFolder, TimeProvider time)
{
    public void Provision(ProvisioningRequest request, BoardFolder folder, bool force)
    {
        if (!force)
        {
            folder.RequireNew();
            if (credentials.Find(request.Board) is { } known)
            {
                throw new UsageException($"MAC: board {request.Board} was provisioned on {known.Issued:yyyy-MM-dd}; give --force to replace its identity.");
            }
        }

        var now = time.GetUtcNow();
        string? password = null;
        IssuedCertificate? certificate = null;
        string? authorityPem = null;
        if (request.WithCertificate || request.Broker.Tls)
        {
            using var authority = CertificateAuthority.Open(authorityFolder);
            authorityPem = authority.CertificatePem;
            certificate = request.WithCertificate ? authority.IssueBoard(request.Board, now) : null;
        }

        if (certificate is null)
        {
            password = PasswordHash.NewPassword();
        }

        // The folder first: a board that is let in and has no files is worse than files of a board that is not let in yet.
        folder.Write(request, password, certificate, authorityPem);
        credentials.Put(new BoardCredential
        {
            Board = request.Board,
            Points = request.Points,
            Issued = now,
            Password = password is null ? null : PasswordHash.Of(password),
            CertificateSerial = certificate?.Serial,
            CertificateExpires = certificate?.Expires,
        });
    }
}
