using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TrainingPortal.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CertificatesAndCredentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates");

            migrationBuilder.AddColumn<string>(
                name: "Expiry",
                table: "Programmes",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "OldExpiry");

            migrationBuilder.AddColumn<string>(
                name: "FixedDay",
                table: "Programmes",
                type: "nvarchar(5)",
                maxLength: 5,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LeastMonths",
                table: "Programmes",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeadAt",
                table: "Outbox",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ResentAt",
                table: "Outbox",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AwardId",
                table: "Certificates",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "Certificates",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Issued");

            migrationBuilder.AddColumn<Guid>(
                name: "RevocationId",
                table: "Certificates",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ErasedAt",
                table: "AspNetUsers",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "AspNetUsers",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CertificateEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Note = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CertificateEvents_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CertificateFiles",
                columns: table => new
                {
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Language = table.Column<string>(type: "nvarchar(5)", maxLength: 5, nullable: false),
                    Bytes = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificateFiles", x => new { x.CertificateId, x.Kind, x.Language });
                    table.ForeignKey(
                        name: "FK_CertificateFiles_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobRuns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AsOf = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Milliseconds = table.Column<int>(type: "int", nullable: false),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    Total = table.Column<int>(type: "int", nullable: true),
                    StopAskedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Stopped = table.Column<bool>(type: "bit", nullable: false),
                    Failure = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobRuns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_JobRuns_AspNetUsers_PersonId",
                        column: x => x.PersonId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "NameCorrections",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    HolderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OldName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    NewName = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Why = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SettledById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CorrectedId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Answer = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Revision = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NameCorrections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_NameCorrections_AspNetUsers_HolderId",
                        column: x => x.HolderId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_NameCorrections_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SigningKeys",
                columns: table => new
                {
                    Thumbprint = table.Column<string>(type: "nvarchar(43)", maxLength: 43, nullable: false),
                    Use = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    PublicJwk = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ActiveFrom = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CompromisedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SigningKeys", x => x.Thumbprint);
                });

            migrationBuilder.CreateTable(
                name: "StatusLists",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Bits = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Jwt = table.Column<string>(type: "varchar(max)", unicode: false, nullable: false),
                    SignedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Credentials",
                columns: table => new
                {
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AwardId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SubjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StatusListId = table.Column<int>(type: "int", nullable: false),
                    StatusIndex = table.Column<int>(type: "int", nullable: false),
                    Jws = table.Column<string>(type: "varchar(max)", unicode: false, nullable: false),
                    Sha256 = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: false),
                    KeyThumbprint = table.Column<string>(type: "nvarchar(43)", maxLength: 43, nullable: false),
                    SignedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ListDueAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Credentials", x => x.CertificateId);
                    table.ForeignKey(
                        name: "FK_Credentials_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Credentials_SigningKeys_KeyThumbprint",
                        column: x => x.KeyThumbprint,
                        principalTable: "SigningKeys",
                        principalColumn: "Thumbprint",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Credentials_StatusLists_StatusListId",
                        column: x => x.StatusListId,
                        principalTable: "StatusLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.Sql("EXEC(N'INSERT INTO \"CertificateEvents\" (\"Id\", \"CertificateId\", \"Number\", \"Kind\", \"At\", \"ActorId\", \"Reason\", \"Note\") SELECT \"CertificateId\", \"CertificateId\", 1, ''Revoked'', \"At\", \"ActorId\", \"Reason\", NULL FROM \"Revocations\"')");
            migrationBuilder.Sql("EXEC(N'UPDATE \"Certificates\" SET \"RevocationId\" = \"Id\" WHERE \"Id\" IN (SELECT \"CertificateId\" FROM \"Revocations\")')");
            migrationBuilder.Sql("EXEC(N'UPDATE \"Certificates\" SET \"Cause\" = CASE WHEN \"WholeLastValidDay\" = (SELECT replaced.\"WholeLastValidDay\" FROM \"Certificates\" AS replaced WHERE replaced.\"Id\" = \"Certificates\".\"ReplacesId\") THEN ''PartRepeated'' ELSE ''Renewed'' END WHERE \"ReplacesId\" IS NOT NULL')");

            migrationBuilder.DropTable(
                name: "Revocations");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_CreatedAt",
                table: "Outbox",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_DeadAt",
                table: "Outbox",
                column: "DeadAt",
                filter: "\"DeadAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates",
                column: "AttemptId",
                unique: true,
                filter: "\"Cause\" <> 'Corrected'");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_AwardId",
                table: "Certificates",
                column: "AwardId");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_RevocationId",
                table: "Certificates",
                column: "RevocationId",
                unique: true,
                filter: "[RevocationId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_ValidUntil",
                table: "Certificates",
                column: "ValidUntil",
                filter: "\"SupersededAt\" IS NULL AND \"RevocationId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CertificateEvents_At",
                table: "CertificateEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_CertificateEvents_CertificateId_Number",
                table: "CertificateEvents",
                columns: new[] { "CertificateId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Credentials_AwardId",
                table: "Credentials",
                column: "AwardId");

            migrationBuilder.CreateIndex(
                name: "IX_Credentials_KeyThumbprint",
                table: "Credentials",
                column: "KeyThumbprint");

            migrationBuilder.CreateIndex(
                name: "IX_Credentials_ListDueAt",
                table: "Credentials",
                column: "ListDueAt",
                filter: "\"ListDueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Credentials_StatusListId_StatusIndex",
                table: "Credentials",
                columns: new[] { "StatusListId", "StatusIndex" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Name_StartedAt",
                table: "JobRuns",
                columns: new[] { "Name", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_PersonId",
                table: "JobRuns",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_NameCorrections_CertificateId",
                table: "NameCorrections",
                column: "CertificateId");

            migrationBuilder.CreateIndex(
                name: "OneOpenCorrection",
                table: "NameCorrections",
                column: "HolderId",
                unique: true,
                filter: "\"SettledAt\" IS NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_Certificates_CertificateEvents_RevocationId",
                table: "Certificates",
                column: "RevocationId",
                principalTable: "CertificateEvents",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Revocations",
                columns: table => new
                {
                    CertificateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ActorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Revocations", x => x.CertificateId);
                    table.ForeignKey(
                        name: "FK_Revocations_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql("EXEC(N'INSERT INTO \"Revocations\" (\"CertificateId\", \"Reason\", \"ActorId\", \"At\") SELECT \"CertificateId\", \"Reason\", \"ActorId\", \"At\" FROM \"CertificateEvents\" WHERE \"Kind\" = ''Revoked''')");

            migrationBuilder.DropForeignKey(
                name: "FK_Certificates_CertificateEvents_RevocationId",
                table: "Certificates");

            migrationBuilder.DropTable(
                name: "CertificateEvents");

            migrationBuilder.DropTable(
                name: "CertificateFiles");

            migrationBuilder.DropTable(
                name: "Credentials");

            migrationBuilder.DropTable(
                name: "JobRuns");

            migrationBuilder.DropTable(
                name: "NameCorrections");

            migrationBuilder.DropTable(
                name: "SigningKeys");

            migrationBuilder.DropTable(
                name: "StatusLists");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_CreatedAt",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_DeadAt",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_AwardId",
                table: "Certificates");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_RevocationId",
                table: "Certificates");

            migrationBuilder.DropIndex(
                name: "IX_Certificates_ValidUntil",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Expiry",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "FixedDay",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "LeastMonths",
                table: "Programmes");

            migrationBuilder.DropColumn(
                name: "DeadAt",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "ResentAt",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "AwardId",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "RevocationId",
                table: "Certificates");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "AspNetUsers");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_AttemptId",
                table: "Certificates",
                column: "AttemptId",
                unique: true);
        }
    }
}
